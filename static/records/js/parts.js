/* Parts of pages, fetched from the server: it words and renders everything, and says where to go on. */

export class Refused extends Error {}

export async function fetchPart(url, options = {}) {
  const headers = { 'X-Part': '1', 'X-Requested-With': 'XMLHttpRequest', ...options.headers };
  const response = await fetch(url, { credentials: 'same-origin', ...options, headers });
  const elsewhere = response.headers.get('X-Location');
  if (elsewhere) {
    window.location.assign(elsewhere);
    return null;
  }
  if (!response.ok) throw new Refused(String(response.status));
  return response;
}

export function submitPart(form, submitter) {
  const body = new FormData(form, submitter);
  return fetchPart(form.action, { method: 'POST', body });
}

/* What could not be sent stays as it is, and says so. */
export function sayLost(holder) {
  const note = holder.querySelector('.r-lost') ?? document.createElement('p');
  note.className = 'r-lost';
  note.setAttribute('role', 'alert');
  holder.append(note);
  note.textContent = document.querySelector('script[data-lost]').dataset.lost;
}

/* Scripts of pickers stand beside their inputs; markup that is put in does not run them by itself. */
export function fill(element, html) {
  element.innerHTML = html;
  element.querySelectorAll('script').forEach((old) => {
    const fresh = document.createElement('script');
    [...old.attributes].forEach(({ name, value }) => fresh.setAttribute(name, value));
    fresh.textContent = old.textContent;
    old.replaceWith(fresh);
  });
  element.dispatchEvent(new CustomEvent('part:filled', { bubbles: true }));
}

export function elementOf(html) {
  const holder = document.createElement('template');
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

export function focusFirst(element) {
  const wanted = '[autofocus], [role=alert], input:not([type=hidden]):not([tabindex="-1"]), select, textarea, button';
  element.querySelector(wanted)?.focus();
}

export function isTyping(target) {
  return target.closest?.('input, select, textarea, [contenteditable], dialog') !== null;
}
