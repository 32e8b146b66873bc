/* A record's page: parts that come later, the star, the title that follows its fields, and the key to edit. */

import { fetchPart, fill, isTyping, submitPart } from './parts.js';

const { Controller } = window.StimulusModule;

export class RecordPage extends Controller {
  static targets = ['title', 'edit'];

  connect() {
    this.changed = (event) => { this.titleTarget.textContent = event.detail.title; };
    this.pressed = (event) => {
      const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
      if (event.key === 'e' && plain && !isTyping(event.target) && this.hasEditTarget) this.editTarget.click();
    };
    document.addEventListener('record:changed', this.changed);
    document.addEventListener('keydown', this.pressed);
  }

  disconnect() {
    document.removeEventListener('record:changed', this.changed);
    document.removeEventListener('keydown', this.pressed);
  }
}

export class RecordPart extends Controller {
  static values = { url: String, whenSeen: Boolean };

  connect() {
    this.element.addEventListener('click', (event) => this.clicked(event));
    if (!this.whenSeenValue) {
      this.reload();
      return;
    }
    this.watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.watch.disconnect();
      this.reload();
    }, { rootMargin: '200px' });
    this.watch.observe(this.element);
  }

  disconnect() {
    this.watch?.disconnect();
  }

  async reload(url) {
    const response = await fetchPart(typeof url === 'string' ? url : this.urlValue);
    if (response) fill(this.element, await response.text());
  }

  clicked(event) {
    const link = event.target.closest('a[data-part], a[data-more]');
    if (!link) return;
    event.preventDefault();
    if (link.dataset.part) {
      this.urlValue = link.dataset.part;
      this.reload();
    } else this.more(link);
  }

  async more(link) {
    const response = await fetchPart(link.dataset.more);
    if (!response) return;
    const rest = document.createElement('div');
    fill(rest, await response.text());
    link.parentElement.replaceWith(rest);
  }
}

export class RecordStar extends Controller {
  static targets = ['button'];

  async toggle() {
    const button = this.buttonTarget;
    if (!(await submitPart(this.element, button))) return;
    const on = button.value === '1';
    button.value = on ? '0' : '1';
    button.setAttribute('aria-pressed', String(on));
  }
}
