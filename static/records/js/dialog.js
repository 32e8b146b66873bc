/* Links with `data-dialog` open in a dialog, of the size that it names; without a script they are pages of their own. Inside, forms and
   links with `data-part` stay in the dialog, forms with `data-plain` leave it. */

import { fetchPart, fill, focusFirst, sayLost, submitPart } from './parts.js';

export async function openDialog(url, { onResult, size } = {}) {
  const dialog = document.createElement('dialog');
  dialog.className = size ? `r-dialog r-dialog--${size}` : 'r-dialog';
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => clicked(event, dialog));
  dialog.addEventListener('change', (event) => changed(event, dialog));
  dialog.addEventListener('submit', (event) => submitted(event, dialog, onResult));
  if (await load(dialog, fetchPart(url))) {
    dialog.showModal();
    focusFirst(dialog);
  } else dialog.remove();
}

async function load(dialog, asked, onResult) {
  try {
    const response = await asked;
    if (!response) return false;
    if (response.headers.get('Content-Type')?.startsWith('application/json')) {
      onResult?.(await response.json());
      dialog.close();
      return true;
    }
    fill(dialog, await response.text());
    dialog.setAttribute('aria-label', dialog.querySelector('h2')?.textContent.trim() ?? '');
    return true;
  } catch (error) {
    if (error instanceof TypeError && dialog.open) sayLost(dialog);
    else window.location.reload();
    return false;
  }
}

function clicked(event, dialog) {
  if (event.target === dialog || event.target.closest('[data-close]')) {
    event.preventDefault();
    dialog.close();
    return;
  }
  const link = event.target.closest('a[data-part]');
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  load(dialog, fetchPart(link.href)).then(() => focusFirst(dialog));
}

/* Another operator takes another kind of value. */
function changed(event, dialog) {
  const form = event.target.closest('form[data-reload]');
  if (!form || !event.target.closest('[data-reloads]')) return;
  const op = encodeURIComponent(event.target.value);
  load(dialog, fetchPart(`${form.dataset.reload}&op=${op}`)).then(() => {
    dialog.querySelector('[data-reloads] select')?.focus();
  });
}

async function submitted(event, dialog, onResult) {
  const form = event.target;
  if ('plain' in form.dataset) {
    dialog.close();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const { submitter } = event;
  const again = submitter && { name: submitter.name, value: submitter.value };
  // What was typed in the meantime would be gone with the answer, which takes the form's place.
  const asked = submitPart(form, submitter);
  form.inert = true;
  await load(dialog, asked, onResult);
  form.inert = false;
  const same = again && [...dialog.querySelectorAll('button')].find((b) => b.name === again.name && b.value === again.value && !b.disabled);
  if (same) same.focus();
  else if (dialog.open) focusFirst(dialog);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-dialog]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  openDialog(link.href, { size: link.dataset.dialog });
});
