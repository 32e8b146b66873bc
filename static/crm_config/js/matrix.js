/* The access matrix: a click on a cell goes on to the next scope, with Shift to the one before. Cells are selects:
   arrow keys, letters, touch and screen readers work as in any other, and so does the form without script. */

const { Controller } = window.StimulusModule;

class StudioMatrix extends Controller {
  static targets = ['cell'];

  connect() {
    this.before = new Map(this.cellTargets.map((cell) => [cell, cell.value]));
  }

  cycle(event) {
    const cell = event.currentTarget;
    const byTouch = event.sourceCapabilities && event.sourceCapabilities.firesTouchEvents;
    if (event.button !== 0 || byTouch) return;
    event.preventDefault();
    const { length } = cell.options;
    cell.selectedIndex = (cell.selectedIndex + (event.shiftKey ? length - 1 : 1)) % length;
    cell.focus();
    cell.dispatchEvent(new Event('change', { bubbles: true }));
  }

  mark({ currentTarget: cell }) {
    if (!this.before.has(cell)) return;
    cell.dataset.scope = cell.value;
    cell.classList.toggle('studio-scope--changed', cell.value !== this.before.get(cell));
  }
}

window.wagtail.app.register('studio-matrix', StudioMatrix);
