/* Narrows a list of people to those whose names hold what is typed. Ticked ones stay in sight. */

const { Controller } = window.StimulusModule;

const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

class StudioFilter extends Controller {
  static targets = ['query', 'item', 'nothing'];

  filter() {
    const wanted = plain(this.queryTarget.value.trim());
    this.itemTargets.forEach((item) => {
      const ticked = item.querySelector('input').checked;
      item.hidden = !ticked && !plain(item.textContent).includes(wanted);
    });
    if (this.hasNothingTarget) {
      this.nothingTarget.hidden = this.itemTargets.some((item) => !item.hidden);
    }
  }
}

window.wagtail.app.register('studio-filter', StudioFilter);
