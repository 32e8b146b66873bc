/* Activities of a calendar are moved to another day by dragging, by "Move…", and by the key m. The server judges every
   move; a refused one slides back, and a dialog says why. */

import { openDialog } from '../../records/js/dialog.js';
import { fetchPart, isTyping } from '../../records/js/parts.js';

const { Controller } = window.StimulusModule;

class TodoCalendar extends Controller {
  static targets = ['day', 'status'];

  static values = { moved: String, refused: String };

  dayTargetConnected(day) {
    window.Sortable.create(day, {
      group: 'days',
      draggable: '.td-entry--moves',
      animation: 120,
      delay: 150,
      delayOnTouchOnly: true,
      ghostClass: 'td-entry--dragged',
      onEnd: (event) => this.dropped(event),
    });
  }

  async dropped({ item, from, to, oldIndex }) {
    if (from === to) return;
    const body = new FormData();
    body.set('csrfmiddlewaretoken', this.element.querySelector('[name=csrfmiddlewaretoken]').value);
    body.set('day', to.dataset.day);
    body.set('base_version', item.dataset.version);
    body.set('dragged', '1');
    try {
      await fetchPart(item.dataset.move, { method: 'POST', body });
      this.reload(this.movedValue);
    } catch {
      from.insertBefore(item, from.children[oldIndex] ?? null);
      this.say(this.refusedValue);
      this.ask(item.dataset.move);
    }
  }

  menu(event) {
    event.preventDefault();
    this.ask(event.currentTarget.href);
  }

  ask(url) {
    openDialog(url, { onResult: () => this.reload(this.movedValue) });
  }

  async reload(message) {
    const focused = document.activeElement.closest('.td-entry')?.dataset.move;
    const response = await fetch(window.location.href, { credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('.td-calendar');
    if (!fresh) {
      window.location.reload();
      return;
    }
    this.element.querySelector('.td-calendar').replaceWith(fresh);
    this.say(message);
    if (focused) this.element.querySelector(`[data-move="${focused}"] a`)?.focus();
  }

  say(message) {
    this.statusTarget.textContent = message;
  }

  key(event) {
    const entry = event.target.closest?.('.td-entry--moves');
    if (!entry || event.key !== 'm' || isTyping(event.target)) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    this.ask(entry.dataset.move);
  }
}

window.wagtail.app.register('todo-calendar', TodoCalendar);
