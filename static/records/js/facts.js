/* A fact of a record, changed in place: its form comes from the server and goes back there; for ten seconds
   the change can be undone. */

import { elementOf, fetchPart, fill, focusFirst, sayLost, submitPart } from './parts.js';

const { Controller } = window.StimulusModule;
const UNDO_FOR = 10_000;

export class RecordFact extends Controller {
  static targets = ['body', 'edit', 'undo'];

  connect() {
    if (this.hasUndoTarget) this.timer = window.setTimeout(() => this.undoTarget.remove(), UNDO_FOR);
  }

  disconnect() {
    window.clearTimeout(this.timer);
  }

  async open() {
    if (!this.hasEditTarget || this.before) return;
    const response = await fetchPart(this.editTarget.href);
    if (!response) return;
    this.before = [...this.bodyTarget.childNodes];
    this.put(await response.text());
  }

  /* What was begun before. */
  async goOn(event) {
    const link = event.target.closest('a[data-part]');
    if (!link || !this.before) return;
    event.preventDefault();
    const response = await fetchPart(link.href);
    if (response) this.put(await response.text());
  }

  put(html) {
    fill(this.bodyTarget, html);
    const form = this.bodyTarget.querySelector('form');
    form.addEventListener('submit', (event) => this.save(event));
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.cancel(event);
    });
    form.querySelector('[data-cancel]').addEventListener('click', (event) => this.cancel(event));
    focusFirst(form);
  }

  cancel(event) {
    event.preventDefault();
    this.bodyTarget.replaceChildren(...this.before);
    this.before = null;
    this.editTarget.focus();
  }

  async save(event) {
    event.preventDefault();
    const form = event.target;
    const asked = submitPart(form, event.submitter);
    form.inert = true;
    try {
      const response = await asked;
      if (response) this.answered(await response.text());
    } catch (error) {
      if (!(error instanceof TypeError)) {
        window.location.reload();
        return;
      }
      form.inert = false;
      sayLost(form);
    }
  }

  async undo() {
    const response = await submitPart(this.undoTarget);
    if (response) this.answered(await response.text());
  }

  /* Either the fact as it is now, or the form again with what is wrong. */
  answered(html) {
    const answer = elementOf(html);
    if (!answer.matches('.r-fact')) {
      this.put(html);
      return;
    }
    this.element.replaceWith(answer);
    answer.querySelector('.r-fact__edit')?.focus();
    const detail = { title: answer.dataset.title };
    document.dispatchEvent(new CustomEvent('record:changed', { detail }));
  }
}
