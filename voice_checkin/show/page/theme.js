"use strict";
// Dark where the browser is, and at night where it isn't: this is read in bed. Runs before anything is drawn.
{
  const root = document.documentElement;
  const browsers = matchMedia("(prefers-color-scheme: dark)");
  const hour = new Date().getHours();
  let button = null;
  const wear = (dark) => {
    root.dataset.theme = dark ? "dark" : "light";
    button?.setAttribute("aria-pressed", String(dark));
  };
  wear(browsers.matches || hour >= 20 || hour < 6);
  browsers.addEventListener("change", () => wear(browsers.matches));
  addEventListener("DOMContentLoaded", () => {
    button = document.getElementById("dark");
    button.hidden = false;
    button.addEventListener("click", () => wear(root.dataset.theme !== "dark"));
    wear(root.dataset.theme === "dark");
  });
}
