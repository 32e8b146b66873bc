/* One search over everything, on every screen: Ctrl-K or Cmd-K. */

import { fetchPart, fill } from './parts.js';

const { searchUrl, searchLabel } = document.querySelector('script[data-search-url]').dataset;
const PAUSE = 180;
let dialog;
let timer;
let asked = 0;

function build() {
  dialog = document.createElement('dialog');
  dialog.className = 'r-dialog r-palette';
  dialog.setAttribute('aria-label', searchLabel);
  const input = document.createElement('input');
  Object.assign(input, { type: 'search', className: 'r-palette__input', placeholder: searchLabel, autocomplete: 'off' });
  input.setAttribute('aria-label', searchLabel);
  const hits = document.createElement('div');
  hits.className = 'r-palette__hits';
  dialog.append(input, hits);
  document.body.append(dialog);
  input.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => ask(input, hits), PAUSE);
  });
  dialog.addEventListener('keydown', (event) => moved(event, input));
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  return { input, hits };
}

async function ask(input, hits) {
  asked += 1;
  const mine = asked;
  const response = await fetchPart(`${searchUrl}?q=${encodeURIComponent(input.value)}`).catch(() => null);
  if (response && mine === asked) fill(hits, await response.text());
}

function moved(event, input) {
  const links = [...dialog.querySelectorAll('.r-hit')];
  const at = links.indexOf(document.activeElement);
  if (event.key === 'ArrowDown' && links.length) links[Math.min(at + 1, links.length - 1)].focus();
  else if (event.key === 'ArrowUp') (at > 0 ? links[at - 1] : input).focus();
  else if (event.key === 'Enter' && document.activeElement === input && links.length) links[0].click();
  else return;
  event.preventDefault();
}

let built;
document.addEventListener('keydown', (event) => {
  if (event.target.closest?.('[contenteditable]')) return;
  if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  built ??= build();
  if (dialog.open) return;
  built.input.value = '';
  dialog.showModal();
  ask(built.input, built.hits);
});
