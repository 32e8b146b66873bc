/* A board of stages: cards are moved by dragging, by "Move to…", and by keys. The server judges every move; a
   refused one slides back, and a dialog shows what is missing. */

import { openDialog } from '../../records/js/dialog.js';
import { fetchPart, fill, isTyping } from '../../records/js/parts.js';

const { Controller } = window.StimulusModule;

class StageBoard extends Controller {
  static targets = ['lane', 'card', 'status'];

  static values = { moved: String, refused: String };

  laneTargetConnected(lane) {
    window.Sortable.create(lane, {
      group: 'stages',
      draggable: '.wf-card--moves',
      animation: 120,
      delay: 150,
      delayOnTouchOnly: true,
      ghostClass: 'wf-card--dragged',
      onEnd: (event) => this.dropped(event),
    });
  }

  cardTargetConnected(card) {
    card.querySelector('[data-move-menu]')?.addEventListener('click', (event) => {
      event.preventDefault();
      this.menu(card);
    });
  }

  async dropped({ item, from, to, oldIndex }) {
    if (from === to) return;
    const back = () => from.insertBefore(item, from.children[oldIndex] ?? null);
    const url = `${item.dataset.move}&stage=${to.dataset.stage}`;
    const body = new FormData();
    body.set('csrfmiddlewaretoken', this.element.querySelector('[name=csrfmiddlewaretoken]').value);
    body.set('stage', to.dataset.stage);
    body.set('base_version', item.dataset.version);
    body.set('dragged', '1');
    try {
      await fetchPart(url, { method: 'POST', body });
      this.reload(this.movedValue);
    } catch {
      back();
      this.say(this.refusedValue);
      this.ask(url);
    }
  }

  menu(card) {
    this.ask(card.dataset.move);
  }

  ask(url) {
    openDialog(url, { onResult: () => this.reload(this.movedValue) });
  }

  /* Counts, sums and what may be done next are the server's to say. */
  async reload(message) {
    const focused = document.activeElement.closest('.wf-card')?.dataset.move;
    const response = await fetch(window.location.href, { credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('.wf-board__lanes');
    if (!fresh) {
      window.location.reload();
      return;
    }
    this.element.querySelector('.wf-board__lanes').replaceWith(fresh);
    this.say(message);
    const again = this.cardTargets.find((card) => card.dataset.move === focused);
    again?.querySelector('a').focus();
  }

  say(message) {
    this.statusTarget.textContent = message;
  }

  async more(event) {
    event.preventDefault();
    const holder = event.currentTarget.closest('li');
    const response = await fetchPart(event.currentTarget.href);
    if (!response) return;
    const list = document.createElement('ol');
    fill(list, await response.text());
    const first = list.querySelector('.wf-card a');
    holder.replaceWith(...list.children);
    first?.focus();
  }

  /* Left and right to the next stage, up and down along it, m to move. */
  key(event) {
    const card = event.target.closest?.('.wf-card');
    if (!card || isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
    const lane = card.closest('ol');
    const lanes = this.laneTargets;
    const beside = (by) => {
      for (let at = lanes.indexOf(lane) + by; lanes[at]; at += by) {
        const found = lanes[at].querySelector('.wf-card');
        if (found) return found;
      }
      return null;
    };
    const steps = {
      ArrowLeft: () => beside(-1),
      ArrowRight: () => beside(1),
      ArrowUp: () => card.previousElementSibling,
      ArrowDown: () => card.nextElementSibling,
    };
    if (event.key === 'm' && card.classList.contains('wf-card--moves')) {
      event.preventDefault();
      this.menu(card);
      return;
    }
    const next = steps[event.key]?.();
    if (!steps[event.key]) return;
    event.preventDefault();
    next?.querySelector('a')?.focus();
  }
}

window.wagtail.app.register('stage-board', StageBoard);
