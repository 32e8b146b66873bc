/* Lists by mouse and keyboard: a row opens on a click, j and k move, x selects, space previews. */

import { fetchPart, fill, isTyping } from './parts.js';

const { Controller } = window.StimulusModule;

export class RecordList extends Controller {
  static targets = ['row', 'form', 'every', 'chosen', 'preview', 'search'];

  connect() {
    this.at = -1;
    this.element.addEventListener('click', (event) => this.clicked(event));
    this.element.addEventListener('auxclick', (event) => this.clicked(event));
    this.element.addEventListener('change', () => this.count());
    this.element.addEventListener('reset', () => window.setTimeout(() => this.count()));
    this.count();
  }

  clicked(event) {
    if (event.target.closest('[data-close]')) {
      this.close();
      return;
    }
    const row = event.target.closest('tr[data-url]');
    const cell = event.target.closest('.r-table__check');
    if (row && cell && event.target === cell) {
      cell.querySelector('input').click();
      return;
    }
    if (!row || cell || event.target.closest('a, button, input, label') || window.getSelection().toString()) return;
    if (event.button === 1 || event.metaKey || event.ctrlKey) window.open(row.dataset.url, '_blank', 'noopener');
    else if (event.button === 0) window.location.assign(row.dataset.url);
  }

  every() {
    this.boxes.forEach((box) => { box.checked = this.everyTarget.checked; });
  }

  /* All that match, or only those ticked. */
  whole(event) {
    this.boxes.forEach((box) => { box.checked = event.target.checked || box.checked; });
  }

  get boxes() {
    return [...this.element.querySelectorAll('input[name=ids]')];
  }

  count() {
    if (!this.hasChosenTarget) return;
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.chosenTarget.textContent = `${this.chosenTarget.dataset.label}: ${ticked}`;
    if (this.hasEveryTarget) {
      this.everyTarget.checked = ticked > 0 && ticked === this.boxes.length;
      this.everyTarget.indeterminate = ticked > 0 && ticked < this.boxes.length;
    }
  }

  key(event) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const acts = {
      j: () => this.move(1),
      k: () => this.move(-1),
      x: () => this.tick(),
      ' ': () => this.preview(),
      '/': () => this.hasSearchTarget && this.searchTarget.focus(),
      Escape: () => this.close(),
    };
    const act = acts[event.key];
    if (!act || (event.key === ' ' && (event.target.closest('button') || this.at < 0))) return;
    event.preventDefault();
    act();
  }

  move(by) {
    if (!this.rowTargets.length) return;
    this.at = Math.min(Math.max(this.at + by, 0), this.rowTargets.length - 1);
    this.rowTargets.forEach((row, place) => row.classList.toggle('is-current', place === this.at));
    const row = this.rowTargets[this.at];
    row.querySelector('.r-table__title a').focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    if (!this.previewTarget.hidden) this.show(row);
  }

  tick() {
    const box = this.rowTargets[this.at]?.querySelector('input[name=ids]');
    if (box) box.click();
  }

  preview() {
    const row = this.rowTargets[this.at];
    if (!this.previewTarget.hidden && this.shown === row) this.close();
    else if (row) this.show(row);
  }

  async show(row) {
    this.shown = row;
    const response = await fetchPart(row.dataset.preview);
    if (!response || this.shown !== row) return;
    fill(this.previewTarget, await response.text());
    this.previewTarget.hidden = false;
    this.element.classList.add('has-preview');
  }

  close() {
    this.shown = null;
    this.previewTarget.hidden = true;
    this.element.classList.remove('has-preview');
  }
}

export class RecordCount extends Controller {
  static targets = ['text', 'link'];

  async ask(event) {
    event.preventDefault();
    this.linkTarget.setAttribute('aria-busy', 'true');
    const response = await fetchPart(this.linkTarget.href);
    if (!response) return;
    this.textTarget.textContent = await response.text();
    this.linkTarget.previousElementSibling?.remove();
    this.linkTarget.remove();
  }
}

/* A long list of links, narrowed by typing. */
export class RecordNarrow extends Controller {
  static targets = ['input', 'item'];

  narrow() {
    const wanted = this.inputTarget.value.trim().toLowerCase();
    this.itemTargets.forEach((item) => { item.hidden = !item.textContent.toLowerCase().includes(wanted); });
  }

  key(event) {
    const open = this.itemTargets.filter((item) => !item.hidden).map((item) => item.querySelector('a'));
    if (event.key === 'Enter' && open.length) {
      event.preventDefault();
      open[0].click();
    }
    if (event.key === 'ArrowDown' && open.length) {
      event.preventDefault();
      open[0].focus();
    }
  }
}
