/* Order of fields and sections: by dragging (SortableJS), and by the up and down keys on a handle. What was done
   is said to screen readers and saved at once. The menu beside each field does the same without script. */

const { Controller } = window.StimulusModule;
const PAUSE = 500;

class StudioArrange extends Controller {
  static targets = ['section', 'list', 'item', 'handle', 'status'];

  static values = { url: String, moved: String, failed: String, focus: String };

  connect() {
    this.sortables = this.listTargets.map((list) =>
      window.Sortable.create(list, {
        group: 'studio-fields',
        handle: '.studio-handle',
        animation: 120,
        ghostClass: 'studio-item--dragged',
        onEnd: ({ item }) => this.changed(item),
      }),
    );
    if (this.focusValue) window.requestAnimationFrame(() => this.goOn());
  }

  /* After a move by menu: on with the field that was moved. */
  goOn() {
    const item = this.itemTargets.find(({ dataset }) => dataset.key === this.focusValue);
    if (!item) return;
    item.querySelector('.studio-handle').focus();
    this.tell(item);
  }

  disconnect() {
    this.sortables.forEach((sortable) => sortable.destroy());
    window.clearTimeout(this.timer);
  }

  up(event) {
    this.step(event.currentTarget.closest('.studio-item'), -1);
  }

  down(event) {
    this.step(event.currentTarget.closest('.studio-item'), 1);
  }

  /* One place; beyond the end of a section, into the next one. */
  step(item, by) {
    const list = item.parentElement;
    const neighbour = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (neighbour) {
      neighbour.insertAdjacentElement(by < 0 ? 'beforebegin' : 'afterend', item);
    } else {
      const next = this.listTargets[this.listTargets.indexOf(list) + by];
      if (!next) return;
      next.insertAdjacentElement(by < 0 ? 'beforeend' : 'afterbegin', item);
    }
    item.querySelector('.studio-handle').focus();
    this.changed(item);
  }

  tell(item) {
    const list = item.parentElement;
    const places = { name: item.dataset.label, place: [...list.children].indexOf(item) + 1 };
    const section = list.closest('[data-studio-arrange-target~="section"]').dataset.label;
    this.say(this.movedValue, { ...places, total: list.children.length, section });
  }

  changed(item) {
    this.tell(item);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), PAUSE);
  }

  say(sentence, parts) {
    this.statusTarget.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  }

  order() {
    return this.sectionTargets.map((section) => ({
      key: section.dataset.key,
      fields: [...section.querySelectorAll('[data-studio-arrange-target~="item"]')].map(
        (item) => item.dataset.key,
      ),
    }));
  }

  async save() {
    try {
      const answer = await fetch(this.urlValue, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          [window.wagtailConfig.CSRF_HEADER_NAME]: window.wagtailConfig.CSRF_TOKEN,
        },
        body: JSON.stringify(this.order()),
      });
      const { message, bar } = await answer.json();
      if (!answer.ok) throw new Error(message);
      document.getElementById('studio-bar').outerHTML = bar;
    } catch (error) {
      this.refused(error instanceof TypeError ? this.failedValue : error.message);
    }
  }

  refused(text) {
    document.dispatchEvent(
      new CustomEvent('w-messages:add', { detail: { clear: true, text, type: 'error' } }),
    );
  }
}

window.wagtail.app.register('studio-arrange', StudioArrange);
