// Rankings moved with buttons, or dragged, beside the numbers that are sent. Moved, the list stands in the order of its numbers;
// numbers that somebody gives by hand move nothing before they are whole, so that no row goes away under the hand.

const written = (text, words) => text.replace(/\{(\w+)\}/g, (_all, name) => words[name]);

export function ranking(box, moved) {
  const { up, down, moved: told, out } = box.dataset;
  const most = Number(box.dataset.most);
  const rows = () => [...box.querySelectorAll("[data-rank]")];
  const numberOf = (row) => row.querySelector("select");
  const placeOf = (row) => Number(numberOf(row).value) || most + 1;
  const nameOf = (row) => row.dataset.rank;
  // What has no number stays below, as it stands.
  const inOrder = () => rows().sort((one, other) => placeOf(one) - placeOf(other));
  const isWhole = (order) => order.every((row, n) => placeOf(row) === Math.min(n, most) + 1);

  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  box.append(said);

  // The others go around the one that is being moved: it keeps the focus.
  function stand(order, still) {
    const at = order.indexOf(still);
    for (const row of order.slice(0, at)) still.before(row);
    for (const row of order.slice(at + 1).reverse()) still.after(row);
  }

  // Not disabled: the focus would be lost at the top of the list.
  function mark() {
    const order = inOrder();
    const whole = isWhole(order);
    order.forEach((row, n) => {
      const [higher, lower] = row.querySelectorAll("button");
      higher.setAttribute("aria-disabled", whole && n === 0);
      lower.setAttribute("aria-disabled", whole && n === order.length - 1);
    });
  }

  const move = (row, step) => put(row, inOrder().indexOf(row) + step);

  function put(row, wanted) {
    const order = inOrder();
    const at = order.indexOf(row);
    const place = Math.min(Math.max(wanted, 0), order.length - 1);
    if (place === at && isWhole(order)) return;
    order.splice(at, 1);
    order.splice(place, 0, row);
    order.forEach((each, n) => { numberOf(each).value = n < most ? String(n + 1) : ""; });
    stand(order, row);
    mark();
    said.textContent = written(place < most ? told : out, { option: nameOf(row), place: place + 1, count: order.length });
    row.dispatchEvent(new Event("input", { bubbles: true }));
    moved();
  }

  let held = null;
  function letDrag(row) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      held = row;
      event.dataTransfer.setData("text/plain", nameOf(row));
    });
    row.addEventListener("dragend", () => { held = null; });
    row.addEventListener("dragover", (event) => { if (held) event.preventDefault(); });
    row.addEventListener("drop", (event) => {
      if (!held) return;
      event.preventDefault();
      put(held, inOrder().indexOf(row));
    });
  }

  for (const row of rows()) {
    letDrag(row);
    for (const [sign, label, step] of [["↑", up, -1], ["↓", down, 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", written(label, { option: nameOf(row) }));
      button.addEventListener("click", () => move(row, step));
      row.append(button);
    }
  }
  box.addEventListener("change", (event) => {
    const order = inOrder();
    if (isWhole(order)) stand(order, event.target.closest("[data-rank]"));
    mark();
  });
  mark();
}
