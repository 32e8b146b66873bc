/* Lets staff fill in forms without a connection. Of what passes, it keeps the files of the empty shell and nothing else: no page, no
   answer of the server. Whatever can be fetched is fetched. */

const { version, shell, assets } = {{ said|safe }};
const CACHE = `relata-offline-${version}`;
const ours = new Set(assets);

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([shell, ...assets])).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('relata-offline-') && name !== CACHE;
  const gone = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(gone.then(() => self.clients.claim()));
});

const kept = (address) => caches.open(CACHE).then((cache) => cache.match(address)).then((found) => found ?? Response.error());

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(shell)));
  else if (ours.has(url.pathname)) event.respondWith(fetch(request).catch(() => kept(url.pathname)));
});
