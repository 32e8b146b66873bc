/* Fields are put into the text that was written in last, where the cursor stands. Without a script their codes can be
   copied. */

const { Controller } = window.StimulusModule;

class MergeFields extends Controller {
  static targets = ['status'];

  remember(event) {
    if (event.target.matches('.wf-mail__texts input[type=text], .wf-mail__texts textarea')) {
      this.last = event.target;
    }
  }

  put(event) {
    const into = this.last ?? this.element.querySelector('.wf-mail__texts textarea');
    const { code } = event.params;
    into.setRangeText(code, into.selectionStart, into.selectionEnd, 'end');
    into.dispatchEvent(new Event('input', { bubbles: true }));
    into.focus();
    this.statusTarget.textContent = this.statusTarget.dataset.said;
  }
}

window.wagtail.app.register('merge-fields', MergeFields);
