// Comfort for surveys: sliders that can be drawn, rankings that can be moved, and answers that are kept while somebody
// gives them. Everything works without it.
import { ranking } from './ranking.js';

// -- sliders --------------------------------------------------------------------------------------

for (const box of document.querySelectorAll("[data-slider]")) {
  const number = box.querySelector("input");
  const range = document.createElement("input");
  range.type = "range";
  for (const name of ["min", "max", "step"]) range.setAttribute(name, number.getAttribute(name));
  // The number beside it says the same to who does not see it, and is reached by keys.
  range.setAttribute("aria-hidden", "true");
  range.tabIndex = -1;
  if (number.value !== "") range.value = number.value;
  range.addEventListener("input", () => {
    number.value = range.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", () => {
    if (number.value !== "") range.value = number.value;
  });
  box.prepend(range);
}

// -- keeping --------------------------------------------------------------------------------------

const WAIT = 2000;
const form = document.querySelector("[data-form]");
let waiting = 0;
let leaving = false;
let sending = null;

async function keep() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("go", "auto");
  sending = new AbortController();
  const { signal } = sending;
  const answer = await fetch(form.action, { method: "POST", body: data, signal }).catch(() => null);
  // Anything else than JSON is a page for people: it is told when they send this one.
  if (leaving || !answer?.ok || !answer.headers.get("Content-Type").includes("json")) return;
  form.elements.seal.value = (await answer.json()).seal;
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, WAIT);
}

// Only what a person does sets it off: looking keeps nothing.
form.addEventListener("input", (event) => {
  if (event.isTrusted) later();
});
for (const box of form.querySelectorAll("[data-ranking]")) ranking(box, later);
form.addEventListener("submit", () => {
  leaving = true;
  clearTimeout(waiting);
  sending?.abort();
});
addEventListener("pageshow", () => {
  leaving = false;
});
