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
