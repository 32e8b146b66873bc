/* Choosing linked records, and one of many people: typed text finds them. */

import { Combobox } from './combobox.js';
import { openDialog } from './dialog.js';
import { fetchPart } from './parts.js';

const { Controller } = window.StimulusModule;

function searchField(beside, label) {
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'r-chooser__search';
  input.placeholder = label;
  if (beside.id) {
    input.id = beside.id;
    beside.removeAttribute('id');
  }
  ['aria-describedby', 'aria-invalid'].forEach((name) => {
    if (beside.hasAttribute(name)) input.setAttribute(name, beside.getAttribute(name));
  });
  return input;
}

export class RecordChooser extends Controller {
  static targets = ['value', 'chosen'];

  static values = { url: String, multiple: Boolean, remove: String, create: String, none: String, search: String };

  connect() {
    if (this.input) return;
    this.input = searchField(this.valueTarget, this.searchValue);
    this.valueTarget.type = 'hidden';
    this.valueTarget.after(this.input);
    this.combobox = new Combobox({
      input: this.input,
      none: this.noneValue,
      source: (text) => this.find(text),
      onPick: (item) => this.pick(item),
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Backspace' && !this.input.value) this.drop(this.chosenTarget.lastElementChild);
    });
    [...this.chosenTarget.children].forEach((item) => this.dress(item));
    this.element.classList.add('is-ready');
    this.toggle();
  }

  async find(text) {
    const response = await fetchPart(`${this.urlValue}?q=${encodeURIComponent(text)}`);
    const { results, create } = await response.json();
    const taken = new Set(this.ids);
    const found = results.filter((each) => !taken.has(String(each.id))).map((each) => ({ id: each.id, label: each.title, hint: each.type }));
    const fresh = create.map((each) => ({ create: each.url, label: `${this.createValue} ${each.label}${text ? ` “${text}”` : ''}` }));
    return [...found, ...fresh];
  }

  pick(item) {
    this.input.value = '';
    if (item.create) openDialog(item.create, { onResult: (made) => this.add(made.id, made.title) });
    else this.add(item.id, item.label);
  }

  add(id, title) {
    if (!this.multipleValue) this.chosenTarget.replaceChildren();
    const item = document.createElement('li');
    item.className = 'r-chooser__item';
    item.dataset.id = id;
    item.textContent = title;
    this.chosenTarget.append(item);
    this.dress(item);
    this.keep();
    if (this.multipleValue) this.input.focus();
    else item.querySelector('button').focus();
  }

  dress(item) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'r-chooser__remove';
    button.setAttribute('aria-label', `${this.removeValue}: ${item.textContent}`);
    button.textContent = '×';
    button.addEventListener('click', () => this.drop(item));
    item.append(' ', button);
  }

  drop(item) {
    if (!item) return;
    item.remove();
    this.keep();
    this.input.focus();
  }

  get ids() {
    return [...this.chosenTarget.children].map((item) => item.dataset.id);
  }

  keep() {
    this.valueTarget.value = this.ids.join(', ');
    this.valueTarget.dispatchEvent(new Event('change', { bubbles: true }));
    this.toggle();
  }

  toggle() {
    this.input.hidden = !this.multipleValue && this.ids.length > 0;
  }
}

/* Several of many options, found by typing; what is chosen stands before the field. */
export class RecordSeveral extends Controller {
  static values = { remove: String, none: String, search: String };

  connect() {
    if (this.input) return;
    this.select = this.element.querySelector('select');
    this.chosen = document.createElement('ul');
    this.chosen.className = 'r-chooser__chosen';
    this.input = searchField(this.select, this.searchValue);
    this.select.hidden = true;
    this.select.before(this.chosen, this.input);
    this.combobox = new Combobox({
      input: this.input,
      none: this.noneValue,
      source: async (text) => this.find(text.toLowerCase()),
      onPick: ({ option }) => this.turn(option, true),
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Backspace' && !this.input.value) this.turn(this.select.selectedOptions[this.select.selectedOptions.length - 1], false);
    });
    this.select.addEventListener('record:refresh', () => this.draw());
    this.draw();
  }

  find(text) {
    return [...this.select.options]
      .filter((option) => !option.selected && option.text.toLowerCase().includes(text))
      .map((option) => ({ option, label: option.text }));
  }

  turn(option, on) {
    if (!option) return;
    option.selected = on;
    this.input.value = '';
    this.draw();
    this.select.dispatchEvent(new Event('change', { bubbles: true }));
    this.input.focus();
  }

  draw() {
    this.chosen.replaceChildren(...[...this.select.selectedOptions].map((option) => {
      const item = document.createElement('li');
      item.className = 'r-chooser__item';
      item.textContent = option.text;
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', className: 'r-chooser__remove', textContent: '×' });
      button.setAttribute('aria-label', `${this.removeValue}: ${option.text}`);
      button.addEventListener('click', () => this.turn(option, false));
      item.append(' ', button);
      return item;
    }));
  }
}

/* A select of many, found by typing. Short ones stay as they are. */
export class RecordSelect extends Controller {
  connect() {
    this.select = this.element.querySelector('select');
    if (this.input || !this.select || this.select.options.length < 8) return;
    this.input = searchField(this.select, '');
    this.select.hidden = true;
    this.select.before(this.input);
    this.select.addEventListener('record:refresh', () => this.show());
    this.show();
    this.combobox = new Combobox({
      input: this.input,
      none: '–',
      source: async (text) => this.find(text),
      onPick: (item) => this.pick(item),
    });
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('blur', () => this.left());
  }

  find(text) {
    const current = this.select.selectedOptions[0]?.text;
    const wanted = text === current ? '' : text.toLowerCase();
    return [...this.select.options]
      .filter((option) => option.value && option.text.toLowerCase().includes(wanted))
      .slice(0, 30)
      .map((option) => ({ id: option.value, label: option.text }));
  }

  pick(item) {
    this.select.value = item.id;
    this.select.dispatchEvent(new Event('change', { bubbles: true }));
    this.show();
  }

  /* Emptied is a choice too; anything else that was not picked is not. */
  left() {
    if (!this.input.value.trim() && this.select.value) this.pick({ id: '' });
    else this.show();
  }

  show() {
    const option = this.select.selectedOptions[0];
    this.input.value = option?.value ? option.text : '';
  }
}
