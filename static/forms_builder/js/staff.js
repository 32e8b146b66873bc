/* A laid out form on the records' screens, for comfort: questions come and go as the server would say, rows are added, and
   one step is shown at a time. The server decides all of it anew; without scripts everything stands on the page. */

const { Controller } = window.StimulusModule;
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

const fieldsOf = (item) => [...item.querySelectorAll('input, select, textarea')].filter((each) => each.name);

/* -- what stands on the page ---------------------------------------------------------------------- */

function rawOf(item, name) {
  const all = fieldsOf(item);
  const named = all.filter((each) => each.name === name);
  if (!named.length) {
    const parts = all.filter((each) => each.name.startsWith(`${name}_`));
    return parts.length ? Object.fromEntries(parts.map((each) => [each.name.slice(name.length + 1), each.value])) : null;
  }
  const [first] = named;
  if (first.type === 'radio') return named.find((each) => each.checked)?.value ?? '';
  if (first.type === 'file') return first.files.length || item.querySelector('a[href]') ? first.name : null;
  if (first.type === 'checkbox') {
    if (!first.hasAttribute('value')) return first.checked;
    return named.filter((each) => each.checked).map((each) => each.value);
  }
  if (first.multiple) return [...first.selectedOptions].map((each) => each.value);
  return first.value;
}

function putOne(field, value) {
  const wanted = Array.isArray(value) ? value.map(String) : [String(value ?? '')];
  if (field.type === 'radio' || (field.type === 'checkbox' && field.hasAttribute('value'))) field.checked = wanted.includes(field.value);
  else if (field.type === 'checkbox') field.checked = value === true;
  else if (field.multiple) [...field.options].forEach((each) => { each.selected = wanted.includes(each.value); });
  else if (field.type !== 'file' && !field.closest('.r-chooser')) field.value = wanted.join(', ');
}

/* What no script can show, as a linked record by its name, stays as it stands: the server knows better. */
function put(item, name, value) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return;
  fieldsOf(item).filter((each) => each.name === name).forEach((field) => {
    putOne(field, value);
    field.dispatchEvent(new CustomEvent('record:refresh', { bubbles: true }));
  });
}

function offer(item, offered) {
  item.querySelectorAll('option[value], input[value][type=radio], input[value][type=checkbox]').forEach((option) => {
    if (option.value === '') return;
    const open = offered.includes(option.value);
    option.disabled = !open;
    if (!open && option.selected) option.selected = false;
    if (!open && option.checked) option.checked = false;
  });
}

function mark(item, required) {
  const label = item.querySelector('.w-field__label');
  const there = label?.querySelector('.w-required-mark');
  if (label && required && !there) {
    const star = document.createElement('span');
    star.className = 'w-required-mark';
    star.textContent = '*';
    label.append(star);
  } else if (there && !required) there.remove();
}

class RecordLayout extends Controller {
  static targets = ['item', 'step', 'ways', 'number'];

  async connect() {
    const said = this.element.querySelector('script[type="application/json"]');
    this.logic = JSON.parse(said.textContent);
    const { evaluate } = await import('./logic.js');
    this.evaluate = evaluate;
    this.element.querySelectorAll('[data-rows-add], [data-row-drop]').forEach((each) => { each.hidden = false; });
    this.look();
    this.element.querySelectorAll('[data-rows]').forEach((each) => this.total(each));
    if (this.stepTargets.length > 1) this.begin();
    this.follow = (event) => this.toField(event);
    this.element.closest('form')?.addEventListener('click', this.follow);
  }

  disconnect() {
    this.element.closest('form')?.removeEventListener('click', this.follow);
  }

  /* -- the logic -------------------------------------------------------------------------------- */

  look(event) {
    if (!this.evaluate) return;
    const rows = event?.target.closest?.('[data-rows]');
    if (rows) this.total(rows);
    const raw = { ...this.logic.others };
    this.itemTargets.forEach((item) => {
      const name = this.logic.names[item.dataset.item];
      if (name) raw[item.dataset.item] = rawOf(item, name);
      else if (item.querySelector('[data-row]')) raw[item.dataset.item] = this.filled(item);
    });
    const found = this.evaluate(this.logic, raw);
    this.itemTargets.forEach((item) => {
      const state = found.items[item.dataset.item];
      if (state) this.show(item, state);
    });
    this.stepTargets.forEach((step) => { step.hidden = found.steps[step.dataset.step] === false; });
    this.count();
  }

  filled(item) {
    const some = fieldsOf(item).filter((each) => each.type !== 'hidden' && each.type !== 'checkbox');
    return some.filter((each) => each.value.trim() !== '').map((each) => each.name);
  }

  show(item, state) {
    const name = this.logic.names[item.dataset.item];
    item.hidden = !state.shown;
    const told = item.querySelector('[data-told]');
    const text = state.messages.map((each) => each.text).join(' ');
    if (told && told.textContent !== text) told.textContent = text;
    if (told) told.hidden = text === '';
    if (!name) return;
    const fixed = state.readonly || state.setByRule;
    mark(item, state.required);
    item.classList.toggle('r-item--fixed', fixed);
    fieldsOf(item).forEach((field) => {
      if (state.required) field.setAttribute('aria-required', 'true');
      else field.removeAttribute('aria-required');
      if (fixed) field.setAttribute('aria-disabled', 'true');
      else field.removeAttribute('aria-disabled');
      if ('readOnly' in field) field.readOnly = fixed;
    });
    if (fixed) put(item, name, state.value);
    if (state.offered) offer(item, state.offered);
  }

  /* -- rows ------------------------------------------------------------------------------------- */

  addRow({ currentTarget }) {
    const rows = currentTarget.closest('[data-rows]');
    const count = rows.querySelector('[data-rows-count]');
    const number = Number(count.value);
    const holder = document.createElement('template');
    const list = rows.querySelector('.r-rows__list');
    const shown = String(list.children.length + 1);
    const blank = rows.querySelector('[data-rows-blank]').innerHTML;
    holder.innerHTML = blank.replaceAll(`${rows.dataset.rows}-__n__`, `${rows.dataset.rows}-${number}`).replaceAll('__n__', shown);
    count.value = String(number + 1);
    const row = holder.content.firstElementChild;
    list.append(row);
    row.querySelectorAll('[data-row-drop]').forEach((each) => { each.hidden = false; });
    row.querySelector('input:not([type=hidden]), select, textarea')?.focus();
    this.look();
  }

  dropRow({ currentTarget }) {
    const rows = currentTarget.closest('[data-rows]');
    currentTarget.closest('[data-row]').remove();
    rows.querySelector('[data-rows-add]')?.focus();
    this.total(rows);
    this.look();
  }

  total(rows) {
    rows.querySelectorAll('[data-total]').forEach((total) => {
      const cells = [...rows.querySelectorAll('.r-rows__list [data-column]')].filter((cell) => cell.dataset.column === total.dataset.total);
      const kept = cells.filter((cell) => !cell.closest('[data-row]').querySelector('[name$="-gone"]:checked'));
      const read = kept.map((cell) => (cell.querySelector('input')?.value ?? cell.querySelector('[data-fact]')?.textContent ?? '').trim());
      const sum = read.filter((text) => NUMBER.test(text)).reduce((all, text) => all + Number(text.replace(',', '.')), 0);
      total.textContent = String(Math.round(sum * 1e6) / 1e6);
    });
  }

  /* -- steps ------------------------------------------------------------------------------------ */

  get there() {
    return this.stepTargets.filter((step) => !step.hidden);
  }

  begin() {
    this.waysTarget.hidden = false;
    this.go(this.there.find((step) => 'wrong' in step.dataset) ?? this.there[0]);
  }

  go(step, { focus = false } = {}) {
    if (!step) return;
    this.current = step;
    this.stepTargets.forEach((each) => each.classList.toggle('r-step--away', each !== step));
    this.count();
    if (focus) step.querySelector('.r-step__title')?.focus();
  }

  next() {
    this.beside(1);
  }

  back() {
    this.beside(-1);
  }

  beside(by) {
    const steps = this.there;
    this.go(steps[steps.indexOf(this.current) + by], { focus: true });
  }

  count() {
    if (!this.hasWaysTarget) return;
    const steps = this.there;
    steps.forEach((step, n) => {
      const number = step.querySelector('[data-record-layout-target="number"]');
      const text = this.waysTarget.dataset.said.replace('{n}', n + 1).replace('{total}', steps.length);
      if (number && number.textContent !== text) number.textContent = text;
    });
    const at = steps.indexOf(this.current);
    const [back, next] = this.waysTarget.querySelectorAll('button');
    back.disabled = at <= 0;
    next.disabled = at < 0 || at >= steps.length - 1;
  }

  /* From the summary of what is wrong to a field of another step. */
  toField(event) {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
    const step = target?.closest('.r-step');
    if (step && this.element.contains(step) && step !== this.current && this.stepTargets.length > 1) this.go(step);
  }
}

window.wagtail.app.register('record-layout', RecordLayout);
