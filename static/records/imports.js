/* Placing columns: what more can be said about a column depends on the field it goes to. The server renders
   that for every field in a template; this puts a copy beside the select. */

const { Controller } = window.StimulusModule;

class ImportColumns extends Controller {
  static targets = ['field', 'options'];

  choose({ target }) {
    const place = target.closest('tr').querySelector('[data-import-columns-target="options"]');
    place.innerHTML = this.optionsFor(target.value, target.dataset.number);
  }

  optionsFor(field, number) {
    const templates = [...this.element.querySelectorAll('template[data-field]')];
    const found = templates.find((each) => each.dataset.field === field);
    return found ? found.innerHTML.replaceAll('__n__', number) : '';
  }
}

window.wagtail.app.register('import-columns', ImportColumns);
