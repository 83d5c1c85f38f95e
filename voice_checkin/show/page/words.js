// What was said, and how it is put on the page: text only ever becomes a text node, so no word is read as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const get = (id) => document.getElementById(id);

const dayFormat = (month, more) =>
  new Intl.DateTimeFormat(data.locale, { day: "numeric", month, year: "numeric", timeZone: "UTC", ...more });
const longDay = dayFormat("long", { weekday: "long" });
const shortDay = dayFormat("short");
const said = (format, iso) => format.format(new Date(iso));
const number = new Intl.NumberFormat(data.locale);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const counted = (key, count) => fill(data.counted[key][count === 1 ? 0 : 1], { count: number.format(count) });

const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};
const button = (className, label, act) => {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};
const name = (partner) => element("bdi", "", data.names[partner]);
const time = (format, iso) => {
  const made = element("time", "", said(format, iso));
  made.dateTime = iso;
  return made;
};
