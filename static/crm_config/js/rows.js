/* Rows in an order: options of a choice, columns of a list. Dragging, the up and down keys on a handle, and buttons
   do the same. With a prefix the rows are a Django formset: its ORDER, DELETE and TOTAL_FORMS are kept. */

const { Controller } = window.StimulusModule;

class StudioRows extends Controller {
  static targets = ['list', 'row', 'handle', 'template', 'nothing'];

  static values = { prefix: String, moved: String, removed: String };

  connect() {
    this.status = document.createElement('p');
    this.status.className = 'w-sr-only';
    this.status.setAttribute('aria-live', 'polite');
    this.element.insertAdjacentElement('afterend', this.status);
    this.sortable = window.Sortable.create(this.list, {
      handle: '.studio-handle',
      animation: 120,
      ghostClass: 'studio-item--dragged',
      onEnd: ({ item }) => this.changed(item),
    });
    this.number();
  }

  disconnect() {
    this.sortable.destroy();
    this.status.remove();
  }

  get list() {
    return this.hasListTarget ? this.listTarget : this.element;
  }

  get rows() {
    return this.rowTargets.filter((row) => !row.hidden);
  }

  up(event) {
    this.step(event.currentTarget, -1);
  }

  down(event) {
    this.step(event.currentTarget, 1);
  }

  step(button, by) {
    const row = button.closest('[data-studio-rows-target~="row"]');
    const other = this.rows[this.rows.indexOf(row) + by];
    if (!other) return;
    other.insertAdjacentElement(by < 0 ? 'beforebegin' : 'afterend', row);
    button.focus();
    this.changed(row);
  }

  changed(row) {
    this.number();
    const typed = row.querySelector('[data-studio-label]');
    const parts = {
      name: (typed && typed.value) || row.dataset.label,
      place: this.rows.indexOf(row) + 1,
      total: this.rows.length,
    };
    this.say(this.movedValue.replace(/\{(\w+)\}/g, (_, name) => parts[name]));
  }

  say(text) {
    this.status.textContent = text;
  }

  number() {
    this.rows.forEach((row, place) => {
      const order = row.querySelector('input[name$="-ORDER"]');
      if (order) order.value = place + 1;
    });
  }

  add() {
    const total = this.element.querySelector(`[name="${this.prefixValue}-TOTAL_FORMS"]`);
    const html = this.templateTarget.innerHTML.replaceAll('__prefix__', total.value);
    this.list.insertAdjacentHTML('beforeend', html);
    total.value = Number(total.value) + 1;
    this.number();
    if (this.hasNothingTarget) this.nothingTarget.hidden = true;
    this.list.lastElementChild.querySelector('[data-studio-label]').focus();
  }

  remove(event) {
    const row = event.currentTarget.closest('[data-studio-rows-target~="row"]');
    const next = row.nextElementSibling || row.previousElementSibling;
    row.querySelector('input[name$="-DELETE"]').value = 'on';
    row.hidden = true;
    row.style.display = 'none';
    this.number();
    this.say(this.removedValue);
    const field = next && next.querySelector('[data-studio-label]');
    if (field) field.focus();
  }
}

window.wagtail.app.register('studio-rows', StudioRows);
