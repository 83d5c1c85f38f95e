// A list that is drawn a batch at a time: nobody reads ten years at once.
const list = (holder, batch, draw) => {
  let items = [];
  let shown = 0;
  const grow = (upTo) => {
    const fresh = items.slice(shown, upTo).map(draw);
    holder.append(...fresh);
    shown = Math.min(upTo, items.length);
    more.hidden = shown >= items.length;
    return fresh[0];
  };
  const more = button("more", words.more, () => {
    const first = grow(shown + batch);
    const target = first.querySelector("summary, button") ?? first;
    if (target === first) target.tabIndex = -1;
    target.focus();
  });
  holder.after(more);
  return {
    show(given) {
      items = given;
      shown = 0;
      holder.replaceChildren();
      grow(batch);
    },
    all: () => grow(items.length),
  };
};
