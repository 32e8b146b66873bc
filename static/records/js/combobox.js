/* A text field that offers what fits while somebody types (the ARIA combobox pattern). `source` gives the
   items for a text, each `{id, label, hint, group}`; those of one group stand under its name. `onPick` gets the
   chosen one. */

const PAUSE = 180;
let numbered = 0;

export class Combobox {
  constructor({ input, source, onPick, none }) {
    Object.assign(this, { input, source, onPick, none });
    numbered += 1;
    this.list = document.createElement('ul');
    this.list.className = 'r-options';
    this.list.id = `r-options-${numbered}`;
    this.list.setAttribute('role', 'listbox');
    this.list.hidden = true;
    Object.entries({ role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id })
      .forEach(([name, value]) => input.setAttribute(name, value));
    input.after(this.list);
    input.addEventListener('input', () => this.later());
    input.addEventListener('focus', () => this.later());
    input.addEventListener('blur', () => window.setTimeout(() => this.close(), 150));
    input.addEventListener('keydown', (event) => this.key(event));
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => this.pick(this.options.indexOf(event.target.closest('[role=option]'))));
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    const items = await this.source(text).catch(() => []);
    if (text !== this.input.value.trim() || document.activeElement !== this.input) return;
    this.items = items;
    this.at = text && items.length ? 0 : -1;
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.grouped(this.items.map((item, place) => this.option(item, place))));
    if (!this.items.length) {
      const nothing = document.createElement('li');
      nothing.className = 'r-options__none';
      nothing.textContent = this.none;
      this.list.append(nothing);
    }
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.mark();
  }

  option(item, place) {
    const option = document.createElement('li');
    option.setAttribute('role', 'option');
    option.id = `${this.list.id}-${place}`;
    option.textContent = item.label;
    option.classList.toggle('r-options__create', Boolean(item.create));
    if (item.hint) {
      const hint = document.createElement('span');
      hint.className = 'r-hint';
      hint.textContent = item.hint;
      option.append(' ', hint);
    }
    return option;
  }

  get options() {
    return [...this.list.querySelectorAll('[role=option]')];
  }

  grouped(options) {
    if (!this.items.some((item) => item.group)) return options;
    const groups = [];
    let last;
    options.forEach((option, place) => {
      const { group } = this.items[place];
      if (group !== last) groups.push(this.group(group));
      last = group;
      groups.at(-1).lastElementChild.append(option);
    });
    return groups;
  }

  group(name) {
    const group = document.createElement('li');
    group.className = 'r-options__group';
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', name);
    group.dataset.name = name;
    const list = document.createElement('ul');
    list.setAttribute('role', 'presentation');
    group.append(list);
    return group;
  }

  mark() {
    this.options.forEach((option, place) => {
      option.setAttribute('aria-selected', String(place === this.at));
      if (place === this.at) option.scrollIntoView({ block: 'nearest' });
    });
    if (this.at < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', `${this.list.id}-${this.at}`);
  }

  key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.list.hidden) this.ask();
      else this.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && !this.list.hidden) {
      event.preventDefault();
      this.pick(this.at);
    } else if (event.key === 'Escape' && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  move(by) {
    const { length } = this.items;
    if (length) this.at = (this.at + by + length) % length;
    this.mark();
  }

  pick(place) {
    const item = this.items?.[place];
    if (!item) return;
    this.close();
    this.onPick(item);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
