/* Nothing that is typed into a form is lost: it is kept in this browser at once, on the server every few seconds and when the page
   is left, and offered when the form is opened again. Sent or discarded, it is gone everywhere. */

import { Vault, forgetKeys } from './vault.js';

const said = document.querySelector('script[data-typed-url]').dataset;
const meta = document.querySelector('meta[name=person]');
const person = meta?.content ?? '';
const SEND_AFTER = 2500;
const LOOK_EVERY = 1000;
const AGAIN_AFTER = 10_000;
const COOKIE = /(?:^|; )typed=([A-Za-z0-9-]+)\.(on|off)/;
const OURS = new Set(['csrfmiddlewaretoken', 'typed']);
/* What holds a form that comes and goes while the page stays. */
const PARTS = 'dialog, .r-fact';
const watches = new Set();

// -- the server ------------------------------------------------------------------------------------

function cookie(name) {
  return document.cookie.split('; ').find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

export function post(url, body, options = {}) {
  const headers = { 'X-CSRFToken': cookie('csrftoken') };
  return fetch(url, { method: 'POST', body, headers, credentials: 'same-origin', redirect: 'manual', ...options });
}

function send({ address, token, at, data }, options) {
  const query = new URLSearchParams({ address, token, at });
  return post(`${said.typedUrl}?${query}`, new URLSearchParams(data), options);
}

/* What became of the form that was sent last: done with, or still open under its token. */
function told() {
  const found = COOKIE.exec(document.cookie);
  if (!found) return '';
  document.cookie = 'typed=; Max-Age=0; Path=/; SameSite=Lax';
  if (found[2] === 'on') return found[1];
  drop(found[1]);
  return '';
}

// -- this browser ----------------------------------------------------------------------------------

const vault = person ? Vault.open(person, said.keyUrl).catch(() => null) : Promise.resolve(null);

async function drop(token) {
  await (await vault)?.remove('typed', token);
}

/* What this browser has and the server not, because the connection or the session was gone. */
async function catchUp() {
  const held = await vault;
  if (!held) return;
  const here = new Set([...watches].map((watch) => watch.token));
  for (const copy of await held.all('typed')) {
    if (here.has(copy.id)) continue;
    const response = await send({ ...copy, token: copy.id }).catch(() => null);
    if (response && (response.ok || [404, 410, 413].includes(response.status))) await held.remove('typed', copy.id);
  }
}

// -- a form ----------------------------------------------------------------------------------------

function addressOf(form) {
  const url = new URL(form.getAttribute('action') || window.location.href, window.location.href);
  url.searchParams.delete('draft');
  return url.origin === window.location.origin ? url.pathname + url.search : '';
}

function contents(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !OURS.has(name));
  return new URLSearchParams(pairs).toString();
}

class Watch {
  constructor(form) {
    this.form = form;
    this.address = addressOf(form);
    const going = told();
    this.token = going || crypto.randomUUID?.() || `${Date.now()}-${Math.random().toString(36).slice(2, 14)}`;
    this.last = contents(form);
    // What one goes on with, or was refused, differs from what stands on the server already.
    this.started = Boolean(going);
    this.kept = Promise.resolve();
    this.begin(going);
  }

  async begin(going) {
    watches.add(this);
    await catchUp();
    const query = new URLSearchParams({ address: this.address, draft: going, part: this.form.closest(PARTS) ? '1' : '' });
    const response = await fetch(`${said.typedUrl}?${query}`, { credentials: 'same-origin', redirect: 'manual' }).catch(() => null);
    if (response?.status === 204 || !this.form.isConnected) {
      watches.delete(this);
      return;
    }
    if (response?.ok) this.offer(await response.text());
    this.mark = document.createElement('input');
    Object.assign(this.mark, { type: 'hidden', name: 'typed', value: this.token });
    this.form.append(this.mark);
    this.note = document.createElement('p');
    this.note.className = 'r-typed';
    this.note.setAttribute('role', 'status');
    (this.form.querySelector('.actions, .r-dialog__actions, .r-field-form__actions') ?? this.form).append(this.note);
    this.looked = () => this.look();
    this.form.addEventListener('input', this.looked);
    this.form.addEventListener('change', this.looked);
    this.form.addEventListener('submit', (event) => {
      if (navigator.onLine) this.submitted();
      else this.stay(event);
    }, { capture: true });
    // Choosers and editors change their controls without telling.
    this.watching = window.setInterval(this.looked, LOOK_EVERY);
    this.look();
  }

  offer(html) {
    if (!html.trim()) return;
    const holder = document.createElement('div');
    holder.innerHTML = html;
    holder.addEventListener('click', async (event) => {
      const { discard } = event.target.closest('[data-discard]')?.dataset ?? {};
      if (!discard) return;
      const answer = await post(said.discardUrl, new URLSearchParams({ token: discard })).catch(() => null);
      if (!answer?.ok) return;
      event.target.closest('[data-begun]').remove();
      drop(discard);
    });
    this.form.before(holder);
  }

  look() {
    if (!this.form.isConnected) {
      this.leave();
      return;
    }
    if (this.over) return;
    const now = contents(this.form);
    if (now === this.last) return;
    this.last = now;
    this.at = Date.now();
    this.started = true;
    this.dirty = true;
    this.keep();
    this.sending ??= window.setTimeout(() => this.send(), SEND_AFTER);
  }

  get copy() {
    return { address: this.address, token: this.token, at: this.at, data: this.last };
  }

  keep() {
    const { copy } = this;
    this.kept = this.kept.then(async () => (await vault)?.put('typed', copy.token, copy)).catch(() => null);
  }

  async send(options) {
    window.clearTimeout(this.sending);
    this.sending = null;
    if (!this.dirty || this.over) return;
    const { copy } = this;
    this.stop = new AbortController();
    const response = await send(copy, { signal: this.stop.signal, ...options }).catch(() => null);
    if (!this.over) this.answered(response, copy);
  }

  async answered(response, copy) {
    if (response?.ok) {
      this.tell('kept');
      if (this.last !== copy.data) return;
      this.dirty = false;
      await this.kept;
      if (!this.dirty) drop(this.token);
    } else if (response?.status === 410) this.leave({ dropping: true });
    else if (response?.status === 404) this.leave({ dropping: true });
    else if (response?.status === 413) this.tell('large');
    else {
      const out = response && (response.type === 'opaqueredirect' || response.status === 403);
      this.wasOut ||= Boolean(out);
      this.tell(out ? 'out' : 'off');
      this.sending ??= window.setTimeout(() => this.send(), AGAIN_AFTER);
    }
  }

  tell(state) {
    const text = said[state] ?? '';
    if (this.note.textContent !== text) this.note.textContent = text;
    this.note.dataset.state = state;
  }

  submitted() {
    this.look();
    // Whoever logged in again meanwhile has another token against forged requests.
    const proof = this.form.querySelector('[name=csrfmiddlewaretoken]');
    if (this.wasOut && proof && cookie('csrftoken')) proof.value = cookie('csrftoken');
    this.over = true;
    this.stop?.abort();
    window.clearTimeout(this.sending);
    this.sending = null;
    if (this.form.closest(PARTS)) window.setTimeout(() => { if (!this.form.isConnected) told(); }, 1500);
    // Still here: nothing came of it.
    window.setTimeout(() => { this.over = false; }, 5000);
  }

  /* Without a connection the browser would only show that it has none, and the form would be gone. */
  stay(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.look();
    this.tell('off');
    this.note.scrollIntoView({ block: 'nearest' });
    // The button says by then that it is saving.
    window.setTimeout(() => this.form.querySelectorAll('[data-w-progress-loading-value]').forEach((button) => {
      button.setAttribute('data-w-progress-loading-value', 'false');
    }), 100);
  }

  leave({ dropping = false } = {}) {
    this.over = true;
    window.clearInterval(this.watching);
    window.clearTimeout(this.sending);
    watches.delete(this);
    if (dropping) drop(this.token);
    // A dialog that was closed without sending it: what was typed there is kept too.
    else if (this.dirty && !this.form.isConnected) send(this.copy).then((r) => r.ok && drop(this.token)).catch(() => null);
  }
}

// -- where forms come up -----------------------------------------------------------------------------

const watched = new WeakSet();

function attach(root) {
  root.querySelectorAll('form').forEach((form) => {
    const fits = form.querySelector('[name^="f-"]') || 'typed' in form.dataset;
    if (!fits || form.getAttribute('method')?.toLowerCase() !== 'post' || watched.has(form) || !addressOf(form)) return;
    watched.add(form);
    new Watch(form); // eslint-disable-line no-new
  });
}

if (meta) forgetKeys({ but: person }).catch(() => null);
if (person) {
  if (COOKIE.exec(document.cookie)?.[2] === 'off') told();
  attach(document);
  if (!watches.size) catchUp();
  document.addEventListener('part:filled', (event) => attach(event.target));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    watches.forEach((watch) => {
      watch.look();
      watch.send({ keepalive: true });
    });
  });
  window.addEventListener('pagehide', () => watches.forEach((watch) => {
    watch.look();
    watch.send({ keepalive: true });
  }));
  window.addEventListener('offline', () => watches.forEach((watch) => watch.tell('off')));
  window.addEventListener('online', () => watches.forEach((watch) => watch.send()));
}
