/* Keeps a job's progress up to date: asks every second at first, every five seconds later on, and not
   while the page is hidden. The markup comes from the server, so there is one place that words it. */

const { Controller } = window.StimulusModule;

class JobProgress extends Controller {
  static targets = ['facts'];

  static values = { url: String, reload: Boolean };

  connect() {
    this.asked = 0;
    this.plan();
  }

  disconnect() {
    window.clearTimeout(this.timer);
  }

  plan() {
    const pause = this.asked < 30 ? 1000 : 5000;
    this.timer = window.setTimeout(() => this.ask(), pause);
  }

  async ask() {
    this.asked += 1;
    if (!document.hidden && (await this.look())) return;
    if (this.element.isConnected) this.plan();
  }

  /* Whether the job has ended. A request that fails is simply made again. */
  async look() {
    try {
      const answer = await fetch(this.urlValue, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return answer.status === 403 || answer.status === 404;
      const { finished, state, html } = await answer.json();
      this.show(html);
      if (finished) this.end(state);
      return finished;
    } catch {
      return false;
    }
  }

  /* Replaced only when it changed, or a screen reader would repeat it every second. */
  show(html) {
    if (html === this.shown) return;
    this.shown = html;
    this.factsTarget.innerHTML = html;
  }

  end(state) {
    this.dispatch('ended', { detail: { state } });
    if (this.reloadValue) window.location.reload();
  }
}

window.wagtail.app.register('job-progress', JobProgress);
