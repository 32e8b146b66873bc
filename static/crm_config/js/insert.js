/* Puts a field's key where the cursor stands in the title's pattern. */

const { Controller } = window.StimulusModule;

class StudioInsert extends Controller {
  insert({ params }) {
    const input = this.element.querySelector('input[type="text"]');
    const before = input.value.slice(0, input.selectionStart);
    const gap = before && !before.endsWith(' ') ? ' ' : '';
    input.setRangeText(gap + params.text, input.selectionStart, input.selectionEnd, 'end');
    input.focus();
  }
}

window.wagtail.app.register('studio-insert', StudioInsert);
