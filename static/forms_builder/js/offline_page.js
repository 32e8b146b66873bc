// Forms without a connection: those one may fill in, what waits to be sent, and what has to be mended. The same in the shell that
// the worker gives and on the page of the admin.
import { Vault, holder, possible } from '../../records/js/vault.js';
import { keepUp } from './filling.js';
import { isBlank } from './logic.js';
import { WAITING, sendWaiting } from './sending.js';

const root = document.querySelector("[data-offline]");
const body = root.querySelector("[data-body]");
const state = root.querySelector("[data-state]");
const words = JSON.parse(document.getElementById("offline-words").textContent);
const urls = root.dataset;
let vault;
let kit;

function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const button = (text, act, name = "button button-secondary") => {
  const made = el("button", { type: "button", className: name }, text);
  made.addEventListener("click", act);
  return made;
};
const moment = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
const newKey = () => crypto.randomUUID();

// -- all forms, and what waits ---------------------------------------------------------------------

async function overview() {
  const entries = (await vault.all(WAITING)).sort((a, b) => b.at - a.at);
  const forms = kit?.forms ?? [];
  body.replaceChildren(
    el("p", { className: "intro" }, forms.length ? words.intro : words.none),
    el("ul", { className: "offline__forms" }, ...forms.map((form) =>
      el("li", {}, el("a", { className: "button", href: `#new=${form.key}` }, form.label)))),
    el("h2", {}, words.waiting),
    entries.length
      ? el("ul", { className: "offline__entries" }, ...entries.map(row))
      : el("p", { className: "intro" }, words.nothing),
  );
}

function row(entry) {
  const reasons = [...(entry.reasons ?? []), ...Object.values(entry.errors ?? {}), ...Object.values(entry.warnings ?? {})];
  const told = { begun: words.begun, waiting: words.waiting, refused: words.refused }[entry.state];
  return el("li", { className: `offline__entry is-${entry.state}` },
    el("p", {}, el("strong", {}, entry.label), ` · ${moment(entry.at)} · ${told}`),
    reasons.length && entry.state === "refused" ? el("ul", {}, ...reasons.map((each) => el("li", {}, each))) : "",
    el("p", { className: "buttons" },
      el("a", { className: "button", href: `#entry=${entry.id}` }, words.mend),
      button(words.discard, async () => {
        // eslint-disable-next-line no-alert
        if (!window.confirm(words.sure)) return;
        await vault.remove(WAITING, entry.id);
        overview();
      })));
}

// -- one form --------------------------------------------------------------------------------------

const contents = (form) => new URLSearchParams(
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("acknowledge:")),
).toString();

function put(form, values) {
  const said = new URLSearchParams(values);
  for (const each of form.elements) {
    if (!each.name || each.type === "hidden") continue;
    if (each.type === "checkbox" || each.type === "radio") {
      each.checked = said.getAll(each.name).includes(each.value);
    } else if (said.has(each.name)) each.value = said.get(each.name);
  }
}

function showForm(entry) {
  const known = kit?.forms.find((each) => each.key === entry.form);
  if (!known) {
    lost(entry);
    return;
  }
  state.textContent = "";
  body.innerHTML = known.html;
  const form = body.querySelector("[data-form]");
  if (entry.values) put(form, entry.values);
  const kept = keepUp(form, known.logic);
  const summary = body.querySelector("[data-errors]");
  warn(form, entry.warnings ?? {});
  if (entry.state === "refused") tellErrors(form, summary, entry.errors ?? {}, entry.reasons ?? []);
  let current = { ...entry, label: entry.label ?? known.label, language: kit.language, version: kit.version };
  let timer;
  const keep = async (next) => {
    clearTimeout(timer);
    current = { ...current, ...next, at: Date.now(), values: contents(form), acknowledged: reasonsOf(form) };
    await vault.put(WAITING, current.id, current);
    if (window.location.hash !== `#entry=${current.id}`) history.replaceState(null, "", `#entry=${current.id}`);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep({ state: current.state === "refused" ? "refused" : "begun" }), 300);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const errors = wrong(form, kept.states());
    if (Object.keys(errors).length) {
      tellErrors(form, summary, errors, []);
      await keep({});
      return;
    }
    await keep({ state: "waiting", errors: {}, reasons: [], warnings: {} });
    window.location.hash = "";
    state.textContent = words.kept;
    await sendNow();
  });
  body.querySelector("[data-back]").addEventListener("click", () => { window.location.hash = ""; });
  (entry.state === "refused" ? summary : body.querySelector("[data-title]")).focus();
}

/* The form is gone, or is not for one any more: what was typed can be read and copied. */
function lost(entry) {
  const said = [...new URLSearchParams(entry.values)].filter(([name]) => name.startsWith("i-"));
  body.replaceChildren(
    el("h2", {}, entry.label ?? ""),
    ...(entry.reasons ?? []).map((each) => el("p", { className: "error" }, each)),
    el("dl", {}, ...said.flatMap(([name, value]) => [el("dt", {}, name.slice(2)), el("dd", {}, value)])),
    el("p", { className: "buttons" }, button(words.back, () => { window.location.hash = ""; })),
  );
}

function wrong(form, states) {
  const errors = {};
  for (const item of form.querySelectorAll("[data-item]")) {
    const found = states.items[item.dataset.item];
    if (!found?.shown) continue;
    const blocking = found.messages.find((each) => each.blocks);
    const parts = found.value !== null && typeof found.value === "object" && !Array.isArray(found.value);
    const blank = parts
      ? Object.entries(found.value).every(([key, value]) => ["currency", "country"].includes(key) || isBlank(value))
      : isBlank(found.value) || found.value === false;
    if (found.required && blank) errors[item.dataset.item] = words.required;
    else if (blocking) errors[item.dataset.item] = blocking.text;
  }
  return errors;
}

function tellErrors(form, summary, errors, reasons) {
  const lines = [];
  for (const item of form.querySelectorAll("[data-item]")) {
    const text = errors[item.dataset.item] ?? "";
    const error = item.querySelector("[data-error]");
    error.textContent = text;
    error.hidden = !text;
    item.classList.toggle("wrong", Boolean(text));
    if (text) lines.push(el("li", {}, el("a", { href: `#i-${item.dataset.item}` }, `${item.dataset.label}: ${text}`)));
  }
  summary.replaceChildren(el("h3", {}, words.look), el("ul", {}, ...reasons.map((each) => el("li", {}, each)), ...lines));
  summary.hidden = false;
  // The address names the form: links go to the question without it.
  summary.querySelectorAll("a").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const id = link.getAttribute("href").slice(1);
    const item = document.getElementById(id);
    item?.focus();
    item?.scrollIntoView({ block: "center" });
  }));
  summary.focus();
}

/* What was warned of: whoever goes on says why. */
function warn(form, warnings) {
  const place = form.querySelector("[data-warnings]");
  place.replaceChildren(...Object.entries(warnings).map(([rule, message]) =>
    el("p", {}, el("label", {}, `${message} ${words.why} `,
      el("textarea", { name: `acknowledge:${rule}`, rows: 2, maxLength: 500 })))));
}

const reasonsOf = (form) => Object.fromEntries(
  [...form.querySelectorAll("[name^='acknowledge:']")].map((each) => [each.name.slice("acknowledge:".length), each.value]),
);

// -- going on --------------------------------------------------------------------------------------

async function sendNow() {
  if (!navigator.onLine) return;
  const sent = await sendWaiting(vault, urls.sendUrl).catch(() => []);
  if (sent.length) {
    state.replaceChildren(words.sent, " ", ...sent.flatMap(({ label, title, url }, n) => [
      n ? ", " : "", url ? el("a", { href: url }, title || label) : label]));
  }
  if (!window.location.hash) await overview();
}

async function show() {
  const [kind, id] = window.location.hash.slice(1).split("=");
  if (kind === "new") showForm({ id: newKey(), form: id, state: "begun" });
  else if (kind === "entry") {
    const entry = await vault.get(WAITING, id);
    if (entry) showForm(entry);
    else window.location.hash = "";
  } else await overview();
}

async function begin() {
  document.querySelector("[data-again]")?.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.reload();
  });
  const cut = document.querySelector("[data-cut]");
  const without = cut?.textContent;
  if (cut) addEventListener("online", () => { cut.textContent = words.online; });
  if (cut) addEventListener("offline", () => { cut.textContent = without; });
  if (!possible) {
    state.textContent = words.impossible;
    return;
  }
  const person = document.querySelector("meta[name=person]")?.content ?? (await holder());
  vault = person ? await Vault.open(person, navigator.onLine ? urls.keyUrl : "").catch(() => null) : null;
  kit = await vault?.get("kits", person);
  if (vault && !kit && navigator.onLine) {
    const response = await fetch(urls.kitUrl, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (response?.ok) {
      kit = { ...(await response.json()), fetched: Date.now() };
      await vault.put("kits", person, kit);
    }
  }
  if (!vault || !kit) {
    state.textContent = words.locked;
    return;
  }
  addEventListener("hashchange", show);
  addEventListener("online", sendNow);
  await show();
  await sendNow();
}

begin();
