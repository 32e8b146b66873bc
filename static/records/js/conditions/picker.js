/* Choosing what a line is about, or the field that it is compared with, by typing. */

import { Combobox } from '../combobox.js';
import { rowOf } from './tree.js';

const { Controller } = window.StimulusModule;

export class ConditionPicker extends Controller {
  static targets = ['input'];

  static values = { against: Boolean };

  connect() {
    if (this.combobox) return;
    this.shown = this.inputTarget.value;
    this.combobox = new Combobox({
      input: this.inputTarget,
      none: this.builder.saysValue.none,
      source: (text) => this.find(text),
      onPick: (item) => this.pick(item),
    });
    this.inputTarget.addEventListener('focus', () => this.inputTarget.select());
    if (document.activeElement === this.inputTarget) this.combobox.later();
    this.inputTarget.addEventListener('blur', () => { this.inputTarget.value = this.shown; });
  }

  get builder() {
    const element = this.element.closest('[data-controller~="condition-builder"]');
    return this.application.getControllerForElementAndIdentifier(element, 'condition-builder');
  }

  /* A line that was drawn anew meanwhile finds nothing. */
  async find(text) {
    if (!this.element.isConnected) return [];
    const q = text === this.shown.trim() ? '' : text;
    const at = rowOf(this.element).dataset.row;
    return this.builder.server.offers(this.againstValue ? { q, at, against: '1' } : { q, at });
  }

  pick(item) {
    if (item.more) {
      this.inputTarget.value = item.label;
      this.combobox.ask();
      return;
    }
    this.shown = item.label;
    this.inputTarget.value = item.label;
    this.builder.redraw(rowOf(this.element), this.againstValue ? 'compare' : 'pick', item.id);
  }
}
