// Comfort for surveys: sliders that can be drawn. Everything works without it.
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
