/* The to-do list by keys: a adds, j and k go along the lines, x is done with one, s puts it off until tomorrow. */

import { isTyping } from '../../records/js/parts.js';

const { Controller } = window.StimulusModule;

class TodoList extends Controller {
  get lines() {
    return [...this.element.querySelectorAll('[data-todo-line]')];
  }

  key(event) {
    if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
    const lines = this.lines;
    const at = lines.indexOf(document.activeElement.closest('[data-todo-line]'));
    const act = {
      a: () => this.element.querySelector('[name=line]')?.focus(),
      j: () => lines[Math.min(at + 1, lines.length - 1)]?.querySelector('a').focus(),
      k: () => lines[Math.max(at - 1, 0)]?.querySelector('a').focus(),
      x: () => lines[at]?.querySelector('[data-todo-done]')?.click(),
      s: () => this.putOff(lines[at]),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /* The menu keeps its entries aside until it is opened. */
  putOff(line) {
    line?.querySelector('.td-line__more button')?.click();
    window.setTimeout(() => document.querySelector('[data-tippy-root] [data-todo-snooze]')?.click(), 50);
  }
}

window.wagtail.app.register('todo-list', TodoList);
