"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const get = (id) => document.getElementById(id);
  const longDay = new Intl.DateTimeFormat("en-GB", {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const shortDay = new Intl.DateTimeFormat("en-GB", {
    day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
  });
  const said = (format, iso) => format.format(new Date(iso));
  const spelled = new Map(); // days as they are searched for: a calendar's words are slow to make
  const searchable = (iso) => {
    if (!spelled.has(iso)) spelled.set(iso, said(longDay, iso));
    return spelled.get(iso);
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const number = new Intl.NumberFormat("en-GB");
  const counted = (key, count) => fill(data.counted[key][count === 1 ? 0 : 1], { count: number.format(count) });

  // Text only ever becomes a text node: no word is read as markup.
  const element = (tag, className, ...children) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };
  const name = (partner) => element("bdi", "", data.names[partner]);
  const time = (format, iso) => {
    const made = element("time", "", said(format, iso));
    made.dateTime = iso;
    return made;
  };

  // What is searched for, and its marks.
  let sought = [];
  let anySought = null;
  const seek = (text) => {
    const parts = text.split(/\s+/).filter(Boolean).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    sought = parts.map((part) => new RegExp(part, "iu"));
    anySought = parts.length ? new RegExp(parts.join("|"), "giu") : null;
  };
  const marked = (text, tag) => {
    const made = element(tag);
    made.dir = "auto";
    let from = 0;
    for (const hit of anySought ? text.matchAll(anySought) : []) {
      made.append(text.slice(from, hit.index), element("mark", "", hit[0]));
      from = hit.index + hit[0].length;
    }
    made.append(text.slice(from));
    return made;
  };

  // A list that is drawn a batch at a time: nobody reads ten years at once.
  const list = (holder, batch, draw) => {
    const more = element("button", "more", words.more);
    more.type = "button";
    holder.after(more);
    let items = [];
    let shown = 0;
    const grow = (upTo) => {
      const fresh = items.slice(shown, upTo).map(draw);
      holder.append(...fresh);
      shown = Math.min(upTo, items.length);
      more.hidden = shown >= items.length;
      return fresh[0];
    };
    more.addEventListener("click", () => {
      const first = grow(shown + batch);
      const target = first.querySelector("summary") || first;
      if (target === first) target.tabIndex = -1;
      target.focus();
    });
    return {
      show(given) {
        items = given;
        shown = 0;
        holder.replaceChildren();
        grow(batch);
      },
      reach(place) {
        if (place >= shown) grow(place + batch);
        return holder.children[place];
      },
      all: () => grow(items.length),
    };
  };

  const drawNight = ([iso, completed, answers]) => {
    const summary = element("summary", "", time(longDay, iso));
    if (!completed) summary.append(element("small", "", words.broke_off));
    const rows = element("dl", "answers");
    for (const [partner, question, text] of answers) {
      rows.append(element("dt", "", name(partner), " ", data.questions[question]), marked(text, "dd"));
    }
    const night = element("details", "", summary, answers.length ? rows : element("p", "note", words.unkept));
    night.open = Boolean(anySought);
    return night;
  };
  const drawCard = ([iso, partner, text]) =>
    element("li", "", marked(text, "p"), element("p", "who", name(partner), time(shortDay, iso)));
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

  // Filters: a night is found where all words were said in it, by this partner and on this topic.
  let found = [];
  const filter = () => {
    const partner = get("partner").value;
    const topic = get("topic").value;
    const year = get("year").value;
    seek(get("search").value);
    const fits = ([by, question]) =>
      (!partner || by === Number(partner)) && (!topic || data.topicOf[question] === topic);
    const narrow = Boolean(partner || topic || sought.length);
    found = [];
    const appreciations = [];
    for (const night of data.nights) {
      const [iso, completed, every] = night;
      if (year && !iso.startsWith(year)) continue;
      const answers = partner || topic ? every.filter(fits) : every;
      if (narrow && !answers.length) continue;
      if (sought.length) {
        const text = searchable(iso) + "\n" + answers.map((answer) => answer[2]).join("\n");
        if (!sought.every((word) => word.test(text))) continue;
      }
      found.push([iso, completed, answers]);
      for (const [by, question, text] of answers) {
        if (question === data.appreciation && (!anySought || sought.some((word) => word.test(text)))) {
          appreciations.push([iso, by, text]);
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
  const clear = () => {
    filters.reset();
    filter();
  };
  get("clear").addEventListener("click", clear);

  // The calendar: which day a pointer is on, and the night of that day.
  const pitch = 13;
  const dayAt = (event) => {
    const picture = event.currentTarget;
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    const first = new Date(Date.UTC(Number(picture.dataset.year), 0, 1));
    const number = Math.round(place.x / pitch) * 7 + Math.round(place.y / pitch) - ((first.getUTCDay() + 6) % 7);
    first.setUTCDate(1 + number);
    return first.getUTCFullYear() === Number(picture.dataset.year) ? first.toISOString().slice(0, 10) : "";
  };
  const place = (iso) => found.findIndex(([day]) => day === iso);
  for (const picture of document.querySelectorAll(".calendar")) {
    // The latest days, where there isn't room for a whole year.
    if (picture === document.querySelector(".calendar")) picture.parentElement.scrollLeft = picture.clientWidth;
    picture.addEventListener("pointermove", (event) => {
      const iso = dayAt(event);
      const kept = data.nights.some(([day]) => day === iso);
      get("pointed").textContent = iso ? said(longDay, iso) + (kept ? "" : `: ${words.no_night}`) : "";
    });
    picture.addEventListener("click", (event) => {
      const iso = dayAt(event);
      if (!data.nights.some(([day]) => day === iso)) return;
      if (place(iso) < 0) clear();
      const night = nights.reach(place(iso));
      night.open = true;
      night.scrollIntoView({ block: "center" });
      night.querySelector("summary").focus({ preventScroll: true });
    });
  }

  // On paper stands every night that was found; of the other lists, what is on the screen.
  let opened = [];
  addEventListener("beforeprint", () => {
    nights.all();
    opened = [...document.querySelectorAll("#nights details:not([open]), .earlier:not([open])")];
    for (const night of opened) night.open = true;
  });
  addEventListener("afterprint", () => {
    for (const night of opened) night.open = false;
  });

  filter();
})();
