/* Proposes a key while a name is typed, until somebody writes the key themselves. The server proposes, so that the
   rule stands in one place. */

const { Controller } = window.StimulusModule;
const PAUSE = 250;

class StudioKey extends Controller {
  static values = { url: String, for: String };

  connect() {
    this.name = this.element.querySelector('[name^="labels_"]');
    this.key = this.element.querySelector('input[name="key"]');
    if (!this.name || !this.key) return;
    this.own = this.key.value !== '';
    this.onName = () => this.plan();
    this.onKey = () => {
      this.own = this.key.value !== '';
    };
    this.name.addEventListener('input', this.onName);
    this.key.addEventListener('input', this.onKey);
    // Typed before this script was there.
    if (this.name.value) this.plan();
  }

  disconnect() {
    window.clearTimeout(this.timer);
    if (this.onName) this.name.removeEventListener('input', this.onName);
    if (this.onKey) this.key.removeEventListener('input', this.onKey);
  }

  plan() {
    window.clearTimeout(this.timer);
    if (!this.own) this.timer = window.setTimeout(() => this.propose(), PAUSE);
  }

  /* Without an answer the key stays as it is; the server makes one when the form is saved. */
  async propose() {
    const asked = new URLSearchParams({ name: this.name.value, for: this.forValue });
    const answer = await fetch(`${this.urlValue}?${asked}`).catch(() => null);
    if (!answer || !answer.ok) return;
    const { key } = await answer.json();
    if (!this.own) this.key.value = key;
  }
}

window.wagtail.app.register('studio-key', StudioKey);
