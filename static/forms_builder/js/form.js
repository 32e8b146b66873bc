// A public form in the browser, for comfort: questions come and go as the server would say, and the proof of work is
// done. Everything works without it.
import { evaluate } from './logic.js';
import { solve } from './proof.js';

const form = document.querySelector("[data-form]");
const logic = JSON.parse(document.getElementById("logic").textContent);
const items = [...form.querySelectorAll("[data-item]")];
const nameOf = (key) => `i-${key}`;

// -- what stands on the page ----------------------------------------------------------------------

function partsOf(key) {
  const start = `${nameOf(key)}-`;
  return [...form.elements].filter(
    (each) => each.name.startsWith(start) && !/-\d+-/.test(each.name) && (each.type !== "radio" || each.checked),
  );
}

function rawOf(key) {
  const named = [...form.elements].filter((each) => each.name === nameOf(key));
  if (!named.length) {
    const parts = partsOf(key);
    return parts.length ? Object.fromEntries(parts.map((p) => [p.name.split("-").pop(), p.value])) : null;
  }
  const [first] = named;
  if (first.type === "radio") return named.find((each) => each.checked)?.value ?? "";
  if (first.type === "file") {
    return first.files.length || first.closest("[data-item]").querySelector(".stored") ? first.name : null;
  }
  if (first.type === "checkbox") {
    const several = first.hasAttribute("value");
    const ticked = named.filter((each) => each.checked).map((each) => each.value);
    return several ? ticked : first.checked;
  }
  return first.value;
}

function raws() {
  const here = Object.fromEntries(items.map((each) => [each.dataset.item, rawOf(each.dataset.item)]));
  return { ...logic.others, ...here };
}

// -- what the logic says --------------------------------------------------------------------------

function put(key, value) {
  for (const each of form.elements) {
    if (each.name !== nameOf(key)) continue;
    if (each.type === "radio" || (each.type === "checkbox" && each.hasAttribute("value"))) {
      each.checked = Array.isArray(value) ? value.includes(each.value) : each.value === String(value);
    } else if (each.type === "checkbox") {
      each.checked = value === true;
    } else if (each.type !== "file" && value !== null && typeof value !== "object") {
      each.value = String(value);
    }
  }
}

function offer(item, state) {
  for (const option of item.querySelectorAll("option[value], input[value][type=radio], input[value][type=checkbox]")) {
    if (option.value === "") continue;
    option.disabled = option.hasAttribute("data-full") || !state.offered.includes(option.value);
    if (option.disabled) option.checked = option.selected = false;
  }
}

function show(item, state) {
  const key = item.dataset.item;
  item.hidden = !state.shown;
  const optional = item.querySelector("[data-optional]");
  if (optional) optional.hidden = state.required;
  for (const each of item.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (state.required) each.setAttribute("aria-required", "true");
    else each.removeAttribute("aria-required");
    each.readOnly = state.readonly || state.setByRule;
  }
  if (state.setByRule || state.readonly) put(key, state.value);
  if (state.offered) offer(item, state);
  const told = item.querySelector("[data-messages]");
  const texts = state.messages.map((each) => each.text).join(" ");
  if (told && told.textContent !== texts) told.textContent = texts;
  if (told) told.hidden = texts === "";
}

function look() {
  const found = evaluate(logic, raws());
  for (const item of items) {
    const state = found.items[item.dataset.item];
    if (state) show(item, state);
  }
  const seen = items.filter((each) => !each.hidden).map((each) => each.dataset.item);
  form.elements.seen.value = seen.join(" ");
}

// -- totals ---------------------------------------------------------------------------------------

function totals() {
  for (const total of form.querySelectorAll("[data-total]")) {
    const cells = total.closest(".rows").querySelectorAll(`.cell input[name$="-${total.dataset.total}"]`);
    const sum = [...cells].reduce((all, cell) => all + (Number(cell.value.replace(",", ".")) || 0), 0);
    total.textContent = String(Math.round(sum * 1e6) / 1e6);
  }
}

// -- begin ----------------------------------------------------------------------------------------

form.addEventListener("input", () => {
  look();
  totals();
});
look();

// Pressed twice, it is sent once; the server would take it once too.
let sending = false;
form.addEventListener("submit", (event) => {
  if (sending) event.preventDefault();
  sending = true;
});
addEventListener("pageshow", () => {
  sending = false;
  // On the way back browsers put in again what was typed, and say nothing of it.
  look();
});

const challenge = document.getElementById("challenge");
if (challenge) {
  const field = form.querySelector("[data-proof]");
  const told = form.querySelector("[data-proving]");
  if (told) told.hidden = false;
  solve(JSON.parse(challenge.textContent)).then((proof) => {
    if (field) field.value = proof;
    if (told) told.textContent = told.dataset.done;
  });
}

const first = document.getElementById("errors") ?? document.getElementById("notice");
(first ?? (form.dataset.focus ? document.getElementById(form.dataset.focus) : null))?.focus();
