// Works for pages that are closed or off line; begun by /sw.js, which names the build and the files that sheets, walks and door lists need.
// Files are kept per build, pages per person: when another person (or nobody) is signed in, the kept pages go.
const FILES = `files-${self.BUILD}`;
const PATIENCE = 8000; // ms, then a kept page is shown if there is one
const MOST_PAGES = 5;
const MOST_PHOTOS = 60;
const PAGES = [/^\/a3\/\d+\/$/, /^\/coaching\/visits\/\d+\/walk\/$/, /^\/courses\/\d+\/door\/$/]; // so many of each
const PHOTOS = /^\/(a3|coaching)\/photos\/\d+\/$/;
const PART = /^\/(a3\/sections\/\d+\/edit|(a3|coaching)\/photos\/\d+)\/$/;
const HASHED = /\.[\da-f]{12}\./;

const late = () => new Promise((_, no) => { setTimeout(no, PATIENCE); });
const isPages = name => name.startsWith('pages-');

/** Whose pages are kept: as the page in front said last. */
async function owner() {
  const said = await (await caches.open('owner')).match('/owner');
  return said ? said.text() : '';
}

async function pages() {
  const person = await owner();
  return person ? caches.open(`pages-${person}`) : null;
}

async function begin() {
  await (await caches.open(FILES)).addAll([...self.FILES_KEPT, '/offline/']);
  await self.skipWaiting();
}

/** A new build: pages that name files of the old one go with them. They are kept again when they are opened. */
async function takeOver() {
  const names = await caches.keys();
  const old = names.filter(name => name.startsWith('files-') && name !== FILES);
  if (old.length) await Promise.all([...old, ...names.filter(isPages)].map(name => caches.delete(name)));
  await self.clients.claim();
}

/** Note whose page this is; what others left here goes at once. */
async function belongsTo(person) {
  if (person === await owner()) return;
  for (const name of await caches.keys()) if (isPages(name) && name !== `pages-${person}`) await caches.delete(name);
  await (await caches.open('owner')).put('/owner', new Response(person));
}

/** Keep the newest of a kind, and forget the oldest. */
async function keep(request, answer, kind, most) {
  const cache = await pages();
  if (!cache) return;
  await cache.delete(request, {ignoreVary: true, ignoreSearch: true});
  await cache.put(request, answer);
  const all = (await cache.keys()).filter(({url}) => kind.test(new URL(url).pathname));
  await Promise.all(all.slice(0, Math.max(0, all.length - most)).map(old => cache.delete(old, {ignoreVary: true})));
}

async function note(request, answer) {
  if (!answer.ok) return;
  await belongsTo(answer.headers.get('X-Person') ?? '');
  const path = new URL(request.url).pathname;
  const kind = PAGES.find(each => each.test(path));
  if (kind && answer.headers.has('X-Keep')) await keep(path, answer, kind, MOST_PAGES);
}

async function kept(name) {
  return (await pages())?.match(name, {ignoreVary: true});
}

async function page(event) {
  const {request} = event;
  const path = new URL(request.url).pathname;
  const network = fetch(request);
  let answer;
  try {
    answer = await Promise.race([network, late()]);
  } catch {
    const found = await kept(path);
    if (found) return found;
    answer = await network.catch(() => caches.match('/offline/', {ignoreVary: true}));
    return answer ?? Response.error();
  }
  event.waitUntil(note(request, answer.clone()));
  return answer;
}

async function part(event) {
  const {request} = event;
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    const isMine = answer.ok && answer.headers.get('X-Person') === await owner();
    if (isMine && PHOTOS.test(path)) event.waitUntil(keep(path, answer.clone(), PHOTOS, MOST_PHOTOS));
    return answer;
  } catch (error) {
    const found = await kept(path.endsWith('/edit/') ? `${path}?part` : path);
    if (found) return found;
    throw error;
  }
}

/** A name with a hash never changes its content; another is asked for while there is a connection. */
async function file(request) {
  const cache = await caches.open(FILES);
  const found = await cache.match(request, {ignoreVary: true});
  if (found && HASHED.test(request.url)) return found;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (found) return found;
    throw error;
  }
}

self.addEventListener('install', event => event.waitUntil(begin()));
self.addEventListener('activate', event => event.waitUntil(takeOver()));
self.addEventListener('fetch', event => {
  const {request} = event;
  const {origin, pathname} = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/static/')) event.respondWith(file(request));
  else if (request.mode === 'navigate') event.respondWith(page(event));
  else if (PART.test(pathname)) event.respondWith(part(event));
});
