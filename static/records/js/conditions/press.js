/* Whether something is being pressed. What moves the page meanwhile would move a button away from under the pointer, and
   the click would be lost: it waits until it is let go. */

export class Press {
  constructor() {
    this.waiting = [];
    this.down = () => { this.held = true; };
    this.up = () => window.setTimeout(() => {
      this.held = false;
      this.waiting.splice(0).forEach((go) => go());
    });
    window.addEventListener('pointerdown', this.down, true);
    ['pointerup', 'pointercancel'].forEach((name) => window.addEventListener(name, this.up, true));
  }

  stop() {
    window.removeEventListener('pointerdown', this.down, true);
    ['pointerup', 'pointercancel'].forEach((name) => window.removeEventListener(name, this.up, true));
  }

  get over() {
    return this.held ? new Promise((go) => { this.waiting.push(go); }) : Promise.resolve();
  }
}
