// Keeps the sheet that is open, so that it opens and can be written on where there is no connection (worker.js).
import {all, headers, person} from './depot.js';

const CALM = 10000; // ms after the last save
const {forms} = document.querySelector('[data-forms]')?.dataset ?? {};
let timer = 0;

const part = async url => (await fetch(url, {headers: {...headers, 'HX-Request': 'true'}, redirect: 'manual'})).text();

/** Keep the page and, for who may write, the editors of its sections as they are now. */
async function keepSheet() {
  const page = await fetch(location.pathname, {headers, redirect: 'manual'});
  if (!page.ok) return;
  await (await caches.open('owner')).put('/owner', new Response(person));
  const cache = await caches.open(`pages-${person}`);
  await cache.put(location.pathname, page);
  if (!forms) return;
  const holder = new DOMParser().parseFromString(await part(forms), 'text/html');
  for (const {dataset, innerHTML} of holder.querySelectorAll('template')) {
    await cache.put(`${dataset.part}?part`, new Response(innerHTML, {headers: {'Content-Type': 'text/html; charset=utf-8'}}));
  }
}

function keepSoon(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => navigator.onLine && keepSheet().catch(() => {}), wait);
}

/** Say on each section that something written here waits for it. */
async function point() {
  for (const {section} of await all('texts')) {
    const text = document.getElementById(`section-${section}-text`);
    if (text?.matches('.rt:not(form, .clash)')) text.classList.add('unsent');
  }
}

/** A text has arrived: show the section as it reads now, unless somebody writes in it. */
function refresh({detail: section}) {
  const target = document.getElementById(`section-${section}`);
  if (target && !target.querySelector('a3-editor, .clash')) htmx.ajax('GET', `/a3/sections/${section}/`, {target, swap: 'outerHTML'});
  keepSoon(1000);
}

if (navigator.serviceWorker && person) {
  navigator.serviceWorker.register('/sw.js').then(() => keepSoon(1000), () => {});
  document.addEventListener('sheet:saved', () => keepSoon(CALM));
  document.addEventListener('outbox:sent', refresh);
  point().catch(() => {});
}
