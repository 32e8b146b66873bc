/* Narrows what can be put on a form to what is typed; Enter takes the first. Without script all of it is there. */

const { Controller } = window.StimulusModule;

const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

class FormPalette extends Controller {
  static targets = ['search', 'query', 'shelf', 'offer', 'nothing'];

  connect() {
    this.searchTarget.hidden = false;
    this.folded = this.shelfTargets.map((shelf) => shelf.open);
  }

  filter() {
    const words = plain(this.queryTarget.value).split(/\s+/).filter(Boolean);
    this.offerTargets.forEach((offer) => {
      const text = plain(offer.textContent);
      offer.hidden = !words.every((word) => text.includes(word));
    });
    this.shelfTargets.forEach((shelf, n) => {
      const found = shelf.querySelector('li:not([hidden])') !== null;
      shelf.hidden = words.length > 0 && !found;
      shelf.open = words.length > 0 ? found : this.folded[n];
    });
    this.nothingTarget.hidden = this.offerTargets.some((offer) => !offer.hidden);
  }

  first() {
    if (!this.queryTarget.value.trim()) return;
    this.offerTargets.find((offer) => !offer.hidden)?.querySelector('button').click();
  }
}

window.wagtail.app.register('form-palette', FormPalette);
