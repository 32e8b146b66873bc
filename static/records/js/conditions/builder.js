/* The condition builder. The server draws the rows, reads them and says what they come to; here they are put in their
   places, by buttons, keys and dragging, and what was done is kept to be undone. */

import { elementOf, fill } from '../parts.js';
import { Past } from './past.js';
import { Press } from './press.js';
import { Server } from './server.js';
import { fresh, isLine, levelOf, listOf, moves, rowOf, shapeOf } from './tree.js';

const { Controller } = window.StimulusModule;
const PAUSE = 400;
const REST = 350;
const FIRST = '.c-pick__input, select, textarea, input:not([type=hidden])';

const KEYS = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'into',
  ArrowLeft: 'out',
  KeyD: 'copy',
  KeyN: 'turn',
  Delete: 'remove',
  Backspace: 'remove',
};

export class ConditionBuilder extends Controller {
  static targets = ['mode', 'shape', 'rows', 'tree', 'undo', 'redo', 'answer', 'blank', 'plain', 'text', 'actions', 'use', 'status'];

  static values = { name: String, rowsUrl: String, fieldsUrl: String, checkUrl: String, sortable: String, says: Object };

  connect() {
    this.press = new Press();
    if (this.server) return;
    this.server = new Server(this);
    this.past = new Past();
    this.asked = 0;
    /* Rows that stood there from the beginning, or were left once: what is wrong with them is said. */
    this.known = new Set([...this.element.querySelectorAll('[data-row]')].map((row) => row.dataset.row));
    this.actionsTarget.hidden = false;
    this.answerTarget.hidden = false;
    if (this.root) {
      this.byRows();
      this.plainTarget.open = false;
    }
    this.listen();
    this.settle();
    this.check();
  }

  disconnect() {
    this.press.stop();
    window.clearTimeout(this.timer);
    window.clearTimeout(this.resting);
  }

  listen() {
    const on = (name, act) => this.element.addEventListener(name, act);
    on('input', (event) => this.typed(event));
    on('change', (event) => this.chosen(event));
    on('focusin', (event) => { this.whole = event.target.value; });
    on('focusout', (event) => this.left(event));
    on('keydown', (event) => this.key(event));
    on('click', (event) => this.clicked(event));
  }

  get root() {
    return this.treeTarget.querySelector('[data-row]');
  }

  get isByRows() {
    return this.modeTarget.value === 'rows';
  }

  byRows() {
    this.modeTarget.value = 'rows';
    this.rowsTarget.hidden = false;
    this.useTarget.disabled = true;
  }

  /* -- what is sent */

  entries() {
    this.sync();
    const own = `${this.nameValue}-`;
    const all = [...new FormData(this.element.closest('form')).entries()];
    return all.filter(([name]) => name === this.nameValue || name.startsWith(own));
  }

  /* Without what follows from the rows. */
  state() {
    return this.entries().filter(([name]) => name !== this.nameValue && name !== this.modeTarget.name);
  }

  sync() {
    if (this.root) this.shapeTarget.value = JSON.stringify(shapeOf(this.root));
  }

  /* -- after something was done */

  settle() {
    this.sync();
    if (this.root) this.past.remember(this.state());
    this.buttons();
  }

  buttons() {
    this.undoTarget.disabled = !this.past.canUndo;
    this.redoTarget.disabled = !this.past.canRedo;
    this.draggable();
  }

  changed(said) {
    this.byRows();
    this.settle();
    if (said) this.say(said);
    this.later();
  }

  say(text) {
    this.statusTarget.textContent = '';
    window.setTimeout(() => { this.statusTarget.textContent = text; }, 50);
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.check(), PAUSE);
  }

  async check() {
    this.asked += 1;
    const mine = this.asked;
    this.answerTarget.setAttribute('aria-busy', 'true');
    const found = await this.server.check().catch(() => null);
    await this.press.over;
    if (mine !== this.asked || !this.element.isConnected) return;
    this.answerTarget.removeAttribute('aria-busy');
    if (!found) {
      this.answerTarget.textContent = this.saysValue.failed;
      return;
    }
    if (found.json !== null) this.textTarget.value = found.json;
    this.faults = found.faults;
    this.mark();
    if (this.answerTarget.innerHTML !== found.html) fill(this.answerTarget, found.html);
  }

  mark() {
    const wrong = new Map((this.faults ?? []).map(({ id, message }) => [id, message]));
    this.element.querySelectorAll('[data-row]').forEach((row) => {
      const message = this.known.has(row.dataset.row) ? wrong.get(row.dataset.row) ?? '' : '';
      const fault = [...row.querySelectorAll('[data-fault]')].find((it) => rowOf(it) === row);
      row.classList.toggle('is-wrong', Boolean(message));
      if (fault.textContent !== message) fault.textContent = message;
      fault.hidden = !message;
    });
  }

  /* -- typing and choosing */

  typed(event) {
    if (event.target === this.textTarget) {
      this.modeTarget.value = 'json';
      this.useTarget.disabled = false;
      this.later();
    } else if (event.target.name) {
      this.byRows();
      this.later();
    }
  }

  chosen(event) {
    if (event.target === this.textTarget || !event.target.name) return;
    if (event.target.closest('[data-redraw]')) this.soon(rowOf(event.target));
    else this.changed();
  }

  /* Arrow keys and letters go through a select's options one by one: it is drawn anew when they rest. */
  soon(row) {
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.redraw(row, 'draw', ''), REST);
  }

  async left(event) {
    const row = rowOf(event.target);
    if (!row || row.contains(event.relatedTarget) || !isLine(row)) return;
    this.known.add(row.dataset.row);
    await this.press.over;
    this.mark();
  }

  clicked(event) {
    this.element.querySelectorAll('.c-menu[open]').forEach((menu) => {
      if (!menu.contains(event.target) || event.target.closest('button')) menu.open = false;
    });
  }

  key(event) {
    const row = rowOf(event.target);
    const undo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
    if (undo && this.isByRows && !(event.target.value !== undefined && event.target.value !== this.whole)) {
      event.preventDefault();
      this.restore(event.shiftKey ? 1 : -1);
    } else if (event.altKey && event.shiftKey && KEYS[event.code] && isLine(row)) {
      event.preventDefault();
      this[KEYS[event.code]]({ target: event.target });
    } else if (event.key === 'Escape' && event.target.closest('.c-menu[open]')) {
      event.preventDefault();
      event.stopPropagation();
      const menu = event.target.closest('.c-menu');
      menu.open = false;
      menu.querySelector('summary').focus();
    } else if (event.key === 'Enter' && event.target.matches('.c-pick__input')) {
      event.preventDefault();
    }
  }

  /* -- the rows */

  focusIn(row) {
    row?.querySelector(FIRST)?.focus();
  }

  async draw(more, entries) {
    try {
      return await this.server.draw(more, entries);
    } catch {
      this.say(this.saysValue.failed);
      return {};
    }
  }

  /* At once, so that typing can go on. */
  add({ target, params }) {
    const group = rowOf(target);
    const list = listOf(group);
    const row = fresh(this.blankTargets.find(({ content }) => content.querySelector('[data-row]').dataset.kind === params.kind));
    row.querySelectorAll('[data-parts]').forEach((inner) => { inner.dataset.spot = list.dataset.spot; });
    list.append(row);
    const mode = row.querySelector('.c-group__mode');
    if (mode) mode.value = group.querySelector('.c-group__mode').value === 'any' ? 'all' : 'any';
    this.changed(this.saysValue.added);
    row.querySelector('.c-pick__input').focus();
  }

  /* The row as the server draws it now, with the focus where it was. */
  async redraw(row, command, value) {
    const own = `${this.nameValue}-${row.dataset.row}-`;
    const typed = () => JSON.stringify(this.entries().filter(([name]) => name.startsWith(own)));
    const before = typed();
    const { html } = await this.draw({ do: command === 'against' ? 'draw' : command, at: row.dataset.row, value });
    if (!html || !row.isConnected) return;
    if (command === 'draw' && typed() !== before) {
      this.soon(row);
      return;
    }
    const { id } = document.activeElement;
    const drawn = elementOf(html);
    const within = row.contains(document.activeElement) || document.activeElement === document.body;
    row.replaceWith(drawn);
    this.known.delete(row.dataset.row);
    this.changed();
    if (command === 'against') (drawn.querySelector('.c-pick ~ .c-pick input, .c-field ~ .c-field select, .c-field ~ .c-field input') ?? drawn.querySelector(FIRST)).focus();
    else if (within) (command === 'draw' && id && document.getElementById(id) ? document.getElementById(id) : this.nextAfterPicker(drawn)).focus();
  }

  nextAfterPicker(row) {
    return row.querySelector('.c-row__line select, .c-row__line .c-field input:not([type=hidden]), .c-frame button')
      ?? row.querySelector(FIRST);
  }

  async copy({ target }) {
    const row = rowOf(target);
    const { html } = await this.draw({ do: 'copy', at: row.dataset.row });
    if (!html) return;
    const twin = elementOf(html);
    row.after(twin);
    this.changed(this.saysValue.copied);
    this.focusIn(twin);
  }

  remove({ target }) {
    const row = rowOf(target);
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const group = rowOf(row.parentElement);
    row.remove();
    this.changed(this.saysValue.removed);
    if (next) this.focusIn(next);
    else [...group.querySelectorAll('.c-group__add button')].at(0).focus();
  }

  turn({ target }) {
    const row = rowOf(target);
    const own = (selector) => [...row.querySelectorAll(selector)].find((it) => rowOf(it) === row);
    const input = own('[data-not]');
    input.value = input.value ? '' : '1';
    own('[data-not-shown]').hidden = !input.value;
    this.changed(input.value ? this.saysValue.turned : this.saysValue.straight);
    this.back(target, row);
  }

  /* With a value, or with another field. */
  against({ target }) {
    const row = rowOf(target);
    const input = row.querySelector('[data-against]');
    input.value = input.value === 'field' ? 'value' : 'field';
    this.redraw(row, 'against', '');
  }

  up({ target }) {
    this.move('up', target);
  }

  down({ target }) {
    this.move('down', target);
  }

  into({ target }) {
    this.move('into', target);
  }

  out({ target }) {
    this.move('out', target);
  }

  move(step, target) {
    const row = rowOf(target);
    if (moves[step](row)) {
      const list = [...row.parentElement.children];
      const parts = { place: list.indexOf(row) + 1, total: list.length, level: levelOf(row) };
      this.changed(this.saysValue.moved.replace(/\{(\w+)\}/g, (_, name) => parts[name]));
    } else this.say(this.saysValue.stuck);
    this.back(target, row);
  }

  /* The focus stays where it was; what stood in a menu that closes gives it back to the menu. */
  back(target, row) {
    const menu = target.closest('.c-menu');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    } else if (target.isConnected && !target.hidden) target.focus();
    else this.focusIn(row);
  }

  /* -- undoing */

  undo() {
    this.restore(-1);
  }

  redo() {
    this.restore(1);
  }

  async restore(by) {
    if (by < 0 ? !this.past.canUndo : !this.past.canRedo) return;
    const { id } = document.activeElement;
    const { html } = await this.draw({ do: 'all' }, this.past.step(by));
    if (!html) return;
    fill(this.treeTarget, html);
    this.byRows();
    this.past.redrawn(this.state());
    this.buttons();
    this.say(by < 0 ? this.saysValue.undone : this.saysValue.redone);
    this.later();
    const place = id && document.getElementById(id);
    if (place) place.focus();
    else if (document.activeElement === document.body || document.activeElement.disabled) this.focusIn(this.root);
  }

  /* -- JSON */

  async copyText() {
    await navigator.clipboard.writeText(this.textTarget.value);
    this.say(this.saysValue.kept);
  }

  async useText() {
    const { html, error } = await this.draw({ do: 'json', text: this.textTarget.value }, []);
    if (!html) {
      if (error) this.say(error);
      return;
    }
    fill(this.treeTarget, html);
    this.treeTarget.querySelectorAll('[data-row]').forEach((row) => this.known.add(row.dataset.row));
    this.changed(this.saysValue.drawn);
    this.focusIn(this.root);
  }

  /* -- dragging, as an extra */

  async draggable() {
    if (!(await loaded(this.sortableValue))) return;
    this.element.querySelectorAll('[data-parts]').forEach((list) => {
      if (window.Sortable.get(list)) return;
      window.Sortable.create(list, {
        group: `${this.nameValue} ${list.dataset.spot}`,
        handle: '.c-grip',
        animation: 120,
        ghostClass: 'c-row--dragged',
        onEnd: () => this.changed(),
      });
    });
  }
}

let loading;

function loaded(url) {
  if (window.Sortable) return Promise.resolve(true);
  loading ??= new Promise((done) => {
    const script = document.createElement('script');
    script.addEventListener('load', () => done(true));
    script.addEventListener('error', () => done(false));
    script.src = url;
    document.head.append(script);
  });
  return loading;
}
