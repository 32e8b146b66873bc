/* What this browser keeps for a person, encrypted: each entry by a key that the server gives to the person's own session, and
   that is forgotten here when the session ends. The key itself cannot be read out of the browser, only used. Used by pages and,
   without a page, by the worker; where the browser has no cryptography (a site without https) nothing is kept. */

const NAME = 'relata';
const STORES = ['keys', 'typed', 'kits', 'waiting'];

export const possible = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

function answered(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name, { keyPath: 'id' }));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function within(store, mode, act) {
  const transaction = (await database()).transaction(store, mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const found = await answered(act(transaction.objectStore(store)));
  if (mode === 'readwrite') await done;
  return found;
}

const put = (store, row) => within(store, 'readwrite', (rows) => rows.put(row));
const get = (store, id) => within(store, 'readonly', (rows) => rows.get(id));
const all = (store) => within(store, 'readonly', (rows) => rows.getAll());
const remove = (store, id) => within(store, 'readwrite', (rows) => rows.delete(id));

const bytes = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/* Whoever is not logged in here any more keeps no key here. */
export async function forgetKeys({ but = '' } = {}) {
  if (!possible) return;
  // What can be fetched again goes along.
  for (const store of ['keys', 'kits']) {
    const others = (await all(store)).filter((row) => row.id !== but);
    await Promise.all(others.map((row) => remove(store, row.id)));
  }
}

/* Who was logged in here last, as far as is known without asking. */
export async function holder() {
  if (!possible) return null;
  const held = await all('keys');
  return held.length === 1 ? held[0].id : null;
}

async function keyFrom(url, user) {
  const response = await fetch(url, { credentials: 'same-origin', redirect: 'manual', cache: 'no-store' });
  if (!response.ok) throw new Error(`no key: ${response.status}`);
  const given = await response.json();
  if (String(given.user) !== user) throw new Error('the key of somebody else');
  return crypto.subtle.importKey('raw', bytes(given.key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export class Vault {
  constructor(user, key) {
    this.user = user;
    this.key = key;
  }

  /* Without `url`, only with a key that is held already. */
  static async open(user, url) {
    if (!possible || !user) return null;
    const held = await get('keys', user);
    if (held) return new Vault(user, held.key);
    if (!url) return null;
    const key = await keyFrom(url, user);
    await put('keys', { id: user, key });
    return new Vault(user, key);
  }

  about(store, id) {
    return new TextEncoder().encode(`${store}:${this.user}:${id}`);
  }

  /* `open` stands beside the value unencrypted. */
  async put(store, id, value, open = {}) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const said = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: this.about(store, id) }, this.key, said);
    await put(store, { ...open, id, user: this.user, iv, sealed });
  }

  async read(store, row) {
    const how = { name: 'AES-GCM', iv: row.iv, additionalData: this.about(store, row.id) };
    const said = await crypto.subtle.decrypt(how, this.key, row.sealed);
    return { ...JSON.parse(new TextDecoder().decode(said)), id: row.id };
  }

  async get(store, id) {
    const row = await get(store, id);
    return row && row.user === this.user ? this.read(store, row).catch(() => null) : null;
  }

  /* One's own; what the key does not open any more is gone. */
  async all(store) {
    const rows = (await all(store)).filter((row) => row.user === this.user);
    const found = await Promise.all(rows.map((row) => this.read(store, row).catch(() => this.remove(store, row.id))));
    return found.filter(Boolean);
  }

  async remove(store, id) {
    const row = await get(store, id);
    if (row && row.user === this.user) await remove(store, id);
  }
}
