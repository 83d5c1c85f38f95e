// Words are found in whatever case, and with or without their accents.
const plain = /^[\0-\x7f]*$/; // in such text there are no accents to take off, which is slow
const bare = (text) =>
  (plain.test(text) ? text : text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")).toLowerCase();
let sought = [];
const seek = (text) => {
  sought = bare(text).split(/\s+/).filter(Boolean);
};
// Folding all days and answers takes a moment, so that each is folded once, when it is first searched.
const foldedDays = new Map();
const foldedDay = (iso) => {
  if (!foldedDays.has(iso)) foldedDays.set(iso, bare(said(longDay, iso)));
  return foldedDays.get(iso);
};
const folded = (answer) => (answer[3] ??= bare(answer[2]));

// Where the hits are. Letters without a form of their own shift the folded text: then only whole letters are found.
const mostMarks = 300;
const hits = (text) => {
  if (!sought.length) return [];
  const same = bare(text);
  const any = sought.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|");
  const where = same.length === text.length ? same : text;
  return where.matchAll(new RegExp(any, "giu"));
};
const marked = (text, tag) => {
  const made = element(tag);
  made.dir = "auto";
  let from = 0;
  let marks = 0;
  for (const hit of hits(text)) {
    if (++marks > mostMarks) break;
    const to = hit.index + hit[0].length;
    made.append(text.slice(from, hit.index), element("mark", "", text.slice(hit.index, to)));
    from = to;
  }
  made.append(text.slice(from));
  return made;
};

const drawAnswers = (answers) => {
  if (!answers.length) return element("p", "note", words.unkept);
  const rows = element("dl", "answers");
  for (const [partner, question, text] of answers) {
    const asked = element("dt", "", name(partner), " ", data.questions[question]);
    rows.append(element("div", "", asked, marked(text, "dd")));
  }
  return rows;
};
const drawNight = ([iso, completed, answers]) => {
  const summary = element("summary", "", time(longDay, iso));
  if (!completed) summary.append(element("small", "", words.broke_off));
  const taste = answers.find(([, question]) => question === data.appreciation);
  if (taste && !sought.length) {
    const words = element("span", "taste", taste[2].slice(0, 120));
    words.dir = "auto";
    summary.append(words);
  }
  const night = element("details", "", summary, drawAnswers(answers));
  night.open = sought.length > 0;
  return night;
};

const longestQuote = 240; // letters: more than that is read in its evening
const excerpt = (text) => {
  if (text.length <= longestQuote) return text;
  const [hit] = hits(text);
  const first = hit?.index ?? 0;
  const from = first > longestQuote / 2 ? first - 40 : 0;
  return (from ? "…" : "") + text.slice(from, from + longestQuote).replace(/\s+\S*$/, "") + "…";
};
const drawCard = ([iso, partner, text]) => {
  const open = button("day", time(shortDay, iso), () => showEvening(iso, open, get("appreciations")));
  open.ariaLabel = said(longDay, iso);
  return element("li", `by${Math.min(partner, 2)}`, marked(excerpt(text), "p"), element("p", "who", name(partner), open));
};
const drawPlan = (done) => ([text, due]) => {
  const made = element("li", "", element("bdi", "", text));
  if (due) {
    const when = time(shortDay, due);
    if (!done) when.textContent = fill(words.due, { day: when.textContent });
    made.append(" ", when);
  }
  return made;
};

const cards = list(get("appreciations"), 9, drawCard);
const nights = list(get("nights"), 30, drawNight);
for (const [id, plans] of [["open", data.openPlans], ["done", data.donePlans]]) {
  list(get(id), 8, drawPlan(id === "done")).show(plans);
  if (!plans.length) get(id).append(element("li", "none", words.no_plans));
}
for (const [key, label] of Object.entries(data.topics)) get("topic").append(new Option(label, key));

// A night is found where all words were said in it, by this partner and on this topic.
const filter = () => {
  const partner = get("partner").value;
  const topic = get("topic").value;
  const year = get("year").value;
  seek(get("search").value);
  const fits = ([by, question]) =>
    (!partner || by === Number(partner)) && (!topic || data.topicOf[question] === topic);
  const narrow = Boolean(partner || topic || sought.length);
  const found = [];
  const appreciations = [];
  for (const [iso, completed, every] of data.nights) {
    if (year && !iso.startsWith(year)) continue;
    const answers = partner || topic ? every.filter(fits) : every;
    if (narrow && !answers.length) continue;
    const holds = (word) => answers.some((answer) => folded(answer).includes(word)) || foldedDay(iso).includes(word);
    if (!sought.every(holds)) continue;
    found.push([iso, completed, answers]);
    for (const answer of answers) {
      if (answer[1] === data.appreciation && (!sought.length || sought.some((word) => folded(answer).includes(word)))) {
        appreciations.push([iso, answer[0], answer[2]]);
      }
    }
  }
  nights.show(found);
  cards.show(appreciations);
  get("appreciations-title").hidden = !appreciations.length;
  get("nights-title").hidden = !found.length;
  const counts = {
    nights: counted("nights", found.length),
    appreciations: counted("appreciations", appreciations.length),
  };
  get("status").textContent = found.length ? fill(words.found, counts) : words.found_none;
};
const filters = get("filters");
let waiting = 0;
filters.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(filter, 80);
});
filters.addEventListener("submit", (event) => event.preventDefault());
get("clear").addEventListener("click", () => {
  filters.reset();
  filter();
});
