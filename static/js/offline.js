// Keeps the sheet that is open, so that it opens and can be written on where there is no connection (worker.js).
import {all, headers} from './depot.js';
import {keepPage, keepSoon, registered} from './keeping.js';

const CALM = 10000; // ms after the last save
const {forms} = document.querySelector('[data-forms]')?.dataset ?? {};

const part = async url => (await fetch(url, {headers: {...headers, 'HX-Request': 'true'}, redirect: 'manual'})).text();

/** Keep the page and, for who may write, the editors of its sections as they are now. */
async function keepSheet() {
  const cache = await keepPage();
  if (!cache || !forms) return;
  const holder = new DOMParser().parseFromString(await part(forms), 'text/html');
  for (const {dataset, innerHTML} of holder.querySelectorAll('template')) {
    await cache.put(`${dataset.part}?part`, new Response(innerHTML, {headers: {'Content-Type': 'text/html; charset=utf-8'}}));
  }
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
  keepSoon(keepSheet, 1000);
}

if (await registered()) {
  keepSoon(keepSheet, 1000);
  document.addEventListener('sheet:saved', () => keepSoon(keepSheet, CALM));
  document.addEventListener('outbox:sent', refresh);
  point().catch(() => {});
}
