/* What stood in the rows before, and after what was undone: lists of entries as they are sent. */

const MOST = 100;

export class Past {
  constructor() {
    this.states = [];
    this.at = -1;
  }

  /* Says whether anything is different. */
  remember(entries) {
    const state = JSON.stringify(entries);
    if (state === this.states[this.at]) return false;
    this.states = [...this.states.slice(0, this.at + 1), state].slice(-MOST);
    this.at = this.states.length - 1;
    return true;
  }

  /* The same as the server draws it: that is no change. */
  redrawn(entries) {
    this.states[this.at] = JSON.stringify(entries);
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.states.length - 1;
  }

  step(by) {
    this.at += by;
    return JSON.parse(this.states[this.at]);
  }
}
