// One evening, shown next to where it was chosen; Escape or its button leads back there.
const evening = element("div", "evening");
evening.id = "evening";
let openedBy = null;
const showEvening = (iso, opener, after) => {
  openedBy = opener;
  const heading = element("h4", "", time(longDay, iso));
  heading.tabIndex = -1;
  const its = data.nights.filter(([day]) => day === iso).reverse();
  evening.replaceChildren(
    heading,
    ...its.flatMap(([, completed, answers]) => [
      drawAnswers(answers),
      ...(completed ? [] : [element("p", "note", words.broke_off)]),
    ]),
    button("", words.close, closeEvening),
  );
  after.after(evening);
  heading.focus({ preventScroll: true });
  evening.scrollIntoView({ block: "nearest" });
};
const closeEvening = () => {
  evening.remove();
  openedBy.focus();
};
evening.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeEvening();
});

filter();
