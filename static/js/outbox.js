// What was written here and has not reached the server: photos first, then the texts that hold them, in their order; and
// the forms of entries.js.
// A text is sent by the tab whose editor holds it; when that tab is gone, by whichever page of this person is open.
import {all, drop, each, find, keep, person, post} from './depot.js';

const EVERY = 6000; // ms between tries: a page opened without a connection is not always told when it is back
const WAITING = /\/a3\/photos\/waiting-([\da-f-]+)\//;
const MOST_BYTES = 15 * 1024 * 1024; // of a photo
const TOO_LARGE = 'This photo is larger than 15 MB. Save it smaller, then add it again.';
const DAYS = 7 * 24 * 3600e3; // how long it is known which address a photo got
const channel = new BroadcastChannel('outbox');
const device = matchMedia('(pointer: coarse)').matches ? 'phone' : 'computer';

export const sourceOf = key => `/a3/photos/waiting-${key}/`;
export const keyIn = text => WAITING.exec(text)?.[1];
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`outbox:${name}`, {detail}));
const say = words => document.dispatchEvent(new CustomEvent('toast', {detail: words}));

/** Hold an editor's name while its tab lives: resolves to what lets it go, or to null when another tab holds it. */
export const hold = name => new Promise(ok => {
  navigator.locks.request(`text:${name}`, {ifAvailable: true}, lock => (lock ? new Promise(ok) : ok(null)));
});

export const postText = ({url, body, revision, key, step}) => post(url, new URLSearchParams({body, revision, writing: key, step}));

/** Whether a photo is small enough to be kept; if not, this is said. */
export function fits(blob) {
  if (blob.size <= MOST_BYTES) return true;
  say(TOO_LARGE);
  return false;
}

const without = (body, from) => body.replace(new RegExp(`<img src="${from}"[^>]*>`, 'g'), '');

/** Put the address a photo got (none: it was refused) wherever the waiting one stands. */
export const swapped = (body, {from, to}) => (to ? body.replaceAll(from, to) : without(body, from));

async function sendPhoto(photo) {
  const data = new FormData();
  data.append('photo', photo.blob);
  const answer = await post(photo.url, data);
  let to = '';
  if (answer.status === 201) to = (await answer.json()).src;
  else if (answer.status === 422) say(await answer.text());
  else if (answer.status === 413) say(TOO_LARGE);
  else if (answer.status === 404) say('A photo was not kept: this sheet is no longer yours to write on.');
  else return false;
  const swap = {from: sourceOf(photo.key), to};
  await each('texts', text => ({...text, body: swapped(text.body, swap)}));
  await keep('photos', {...photo, blob: null, to});
  tell('photo', swap);
  channel.postMessage(swap);
  return true;
}

/** Send the photos that wait, one after the other. */
export const sendPhotos = () => navigator.locks.request('photos', async () => {
  for (const photo of await all('photos')) if (photo.blob && !await sendPhoto(photo)) return;
});

/** The text with the addresses of photos that have arrived meanwhile. */
export async function settled(body) {
  let text = body;
  for (const [from, key] of body.matchAll(new RegExp(WAITING, 'g'))) {
    const photo = await find('photos', key);
    if (!photo?.blob) text = swapped(text, {from, to: photo?.to});
  }
  return text;
}

async function sendText(text, release) {
  const body = await settled(text.body);
  const answer = WAITING.test(body) ? {status: 0} : await postText({...text, body, step: text.step + 1});
  if (answer.status === 200) {
    const {revision} = await answer.json();
    const key = `${person}-${text.section}`;
    await keep('past', {...await find('past', key), key, saved: {revision, body}});
    await drop('texts', text.key);
    tell('sent', text.section);
  } else if ([404, 409, 422].includes(answer.status)) {
    const words = answer.status === 422 ? await answer.text() : '';
    await keep('texts', {...text, body, step: text.step + 1, stuck: answer.status, words});
  }
  release();
  return answer.status;
}

/** Send what no living editor holds. What the server refused waits for the person, who is told. */
async function sendTexts() {
  for (const text of await all('texts')) {
    const release = text.stuck ? null : await hold(text.key);
    if (release && !await sendText(text, release)) return;
  }
}

const STUCK = {404: 'it is no longer yours to write on', 409: 'it was changed by others meanwhile', 413: 'it is too large', 422: 'it is too long'};
const several = ([word, count]) => (count ? [`${count} ${word}${count > 1 ? 's' : ''}`] : []);

/** Send the forms that wait, if there are any. */
async function sendForms() {
  if ((await all('entries')).length) await (await import('./entries.js')).sendEntries();
}

/** A text that is being typed, or was a moment ago: its editor has not failed to send it. */
const isOnItsWay = text => navigator.onLine && !text.stuck && !text.isLate && text.at > Date.now() - EVERY;

/** What waits, in words: "2 texts, 1 photo"; "" when nothing does. Of texts, those that `isMeant`. */
export async function waiting(isMeant = () => true) {
  const texts = (await all('texts')).filter(isMeant);
  const entries = await all('entries');
  const counts = {text: texts.length};
  for (const {kind} of entries) counts[kind] = (counts[kind] ?? 0) + 1;
  counts.photo = (counts.photo ?? 0) + (await all('photos')).filter(photo => photo.blob).length;
  return {stuck: [...texts, ...entries].filter(each => each.stuck), words: Object.entries(counts).flatMap(several).join(', ')};
}

const strip = document.createElement('p');
strip.className = 'strip';
strip.setAttribute('role', 'status');

/** The strip below the bar: shown when something waits that is not just being sent. */
export async function show() {
  const {stuck, words} = await waiting(text => !isOnItsWay(text));
  const lines = words ? [`${navigator.onLine ? '' : 'Working off line. '}Saved on this ${device}, not sent yet: ${words}.`] : [];
  for (const {place, name, stuck: status, words: why} of stuck) {
    const link = document.createElement('a');
    link.href = place;
    link.textContent = name;
    lines.push(' ', link, ` waits for you: ${why || `${STUCK[status]}.`}`);
  }
  strip.replaceChildren(...lines);
  if (lines.length) document.querySelector('.bar')?.after(strip);
  else strip.remove();
}

export async function flush() {
  await sendPhotos();
  await navigator.locks.request('texts', sendTexts);
  await sendForms();
  await show();
}

async function leave(event) {
  const form = event.target;
  if (!form.action?.endsWith?.('/accounts/logout/') || event.defaultPrevented) return;
  event.preventDefault();
  try {
    if (!navigator.onLine) throw new Error();
    const {leaving} = await import('./leaving.js');
    await leaving(form, {flush, waiting});
  } catch {
    say('Signing out needs a connection. Try again when there is one.');
  }
}

if (person) {
  channel.onmessage = ({data}) => tell('photo', data);
  addEventListener('online', flush);
  addEventListener('offline', show);
  document.addEventListener('visibilitychange', () => document.hidden || flush());
  document.addEventListener('submit', leave);
  setInterval(async () => document.hidden || !(await waiting()).words || flush(), EVERY);
  each('photos', photo => (photo.blob || photo.at > Date.now() - DAYS ? photo : null)).then(flush).catch(() => {});
}
