// The calendar as one grid: a single stop for Tab, then keys from day to day, as in a date picker.
const years = get("years");
const answersOn = new Map();
for (const [iso, , answers] of data.nights) answersOn.set(iso, (answersOn.get(iso) ?? 0) + answers.length);

const cells = new Map(); // day -> its cell
const dayOf = new Map();
for (const month of years.querySelectorAll(".month")) {
  month.setAttribute("role", "grid");
  month.querySelectorAll("td:not(.before)").forEach((cell, place) => {
    const iso = `${month.dataset.month}-${String(place + 1).padStart(2, "0")}`;
    cells.set(iso, cell);
    dayOf.set(cell, iso);
  });
}
// The names of ten years of days take a moment, so that those of earlier years are made when they are seen.
const nameDays = (place) => {
  for (const cell of place.querySelectorAll("td:not(.before, [aria-label])")) {
    const iso = dayOf.get(cell);
    const answers = answersOn.has(iso) ? counted("answers", answersOn.get(iso)) : words.no_night;
    cell.ariaLabel = fill(words.cell, { day: said(longDay, iso), answers });
    cell.tabIndex = -1;
  }
};
for (const year of years.querySelectorAll(":scope > .year")) nameDays(year);
const earlier = years.querySelector("details");
earlier?.addEventListener("toggle", () => nameDays(earlier), { once: true });

const days = [...cells.keys()].sort();
let current = days.findLast((iso) => answersOn.has(iso));
cells.get(current).tabIndex = 0;

const moved = (iso, step, unit) => {
  const day = new Date(iso);
  if (unit === "month") {
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() + step);
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(last, Number(iso.slice(8))));
  } else {
    day.setUTCDate(day.getUTCDate() + step);
  }
  const wanted = day.toISOString().slice(0, 10);
  // Years without any night have no cells: the next day that has one, or the end.
  if (step > 0) return days.find((each) => each >= wanted) ?? days.at(-1);
  return days.findLast((each) => each <= wanted) ?? days[0];
};
const weekday = (iso) => (new Date(iso).getUTCDay() + 6) % 7;
const steps = {
  ArrowLeft: (iso) => moved(iso, -1),
  ArrowRight: (iso) => moved(iso, 1),
  ArrowUp: (iso) => moved(iso, -7),
  ArrowDown: (iso) => moved(iso, 7),
  PageUp: (iso, shift) => moved(iso, shift ? -12 : -1, "month"),
  PageDown: (iso, shift) => moved(iso, shift ? 12 : 1, "month"),
  Home: (iso, shift, control) => (control ? days[0] : moved(iso, -weekday(iso))),
  End: (iso, shift, control) => (control ? days.at(-1) : moved(iso, 6 - weekday(iso))),
};
const go = (iso) => {
  if (earlier?.contains(cells.get(iso))) {
    nameDays(earlier);
    earlier.open = true;
  }
  cells.get(current).tabIndex = -1;
  current = iso;
  cells.get(iso).tabIndex = 0;
  cells.get(iso).focus();
};
const open = (iso) => {
  if (answersOn.has(iso)) showEvening(iso, cells.get(iso), cells.get(iso).closest(".months"));
};
const at = (event) => dayOf.get(event.target.closest("td"));

years.addEventListener("keydown", (event) => {
  const iso = at(event);
  if (!iso || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") open(iso);
  else if (steps[event.key]) go(steps[event.key](iso, event.shiftKey, event.ctrlKey));
  else return;
  event.preventDefault();
});
years.addEventListener("click", (event) => {
  const iso = at(event);
  if (!iso) return;
  go(iso);
  open(iso);
});
const point = (event) => {
  get("pointed").textContent = event.target.closest("td")?.ariaLabel ?? "";
};
years.addEventListener("pointerover", point);
years.addEventListener("focusin", point);
