// Keeps the page that is open, so that it opens where there is no connection (worker.js).
import {headers, person} from './depot.js';

let timer = 0;

/** Fetch this page as it is now, and keep it for this person; resolves to the cache, or to null. */
export async function keepPage() {
  const page = await fetch(location.pathname, {headers, redirect: 'manual'});
  if (!page.ok) return null;
  await (await caches.open('owner')).put('/owner', new Response(person));
  const cache = await caches.open(`pages-${person}`);
  await cache.put(location.pathname, page);
  return cache;
}

/** Do it once, this many ms after it was asked for last. */
export function keepSoon(deed, wait) {
  clearTimeout(timer);
  timer = setTimeout(() => navigator.onLine && deed().catch(() => {}), wait);
}

/** Have the worker look after this site; resolves to whether there is one. */
export async function registered() {
  return Boolean(navigator.serviceWorker && person && await navigator.serviceWorker.register('/sw.js').catch(() => null));
}
