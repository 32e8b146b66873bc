// A public form in the browser, for comfort: questions come and go as the server would say, and the proof of work is
// done. Everything works without it.
import { keepUp } from './filling.js';
import { solve } from './proof.js';

const form = document.querySelector("[data-form]");
const logic = JSON.parse(document.getElementById("logic").textContent);

// -- begin ----------------------------------------------------------------------------------------

const kept = keepUp(form, logic);

// Pressed twice, it is sent once; the server would take it once too.
let sending = false;
form.addEventListener("submit", (event) => {
  if (sending) event.preventDefault();
  sending = true;
});
addEventListener("pageshow", () => {
  sending = false;
  // On the way back browsers put in again what was typed, and say nothing of it.
  kept.look();
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
