// Forms that were filled in here and have not reached the server: each is known by a key that was made here, so that it
// arrives once, and they go in the order in which they were begun. A form may carry a photo, and wait for another one.
import {all, change, post} from './depot.js';

const REFUSED = [404, 409, 413, 422];
const TROUBLE = {401: 'signed out', 403: 'reload'};
const channel = new BroadcastChannel('entries');

/** Say that something was put in, sent or refused; also to the other tabs. */
function tell(detail = {}) {
  document.dispatchEvent(new CustomEvent('entries', {detail}));
}

/**
 * Keep a form to be sent, in place of what was kept under its key: {key, kind, url, fields, revision, place, name} and
 * perhaps a photo as `blob`, the key `after` which it goes, and whether it is a `draft` that is not sent yet.
 */
export async function put(entry) {
  await change('entries', entry.key, old => ({
    at: Date.now(), writing: crypto.randomUUID(), ...old, ...entry, step: (old?.step ?? 0) + 1, stuck: 0, words: '',
  }));
  tell();
  channel.postMessage({});
}

/** Forget forms, and what waits for them. */
export async function forget(...keys) {
  for (const {key, after} of await all('entries')) if (keys.includes(key) || keys.includes(after)) await change('entries', key, () => null);
  tell();
  channel.postMessage({});
}

function bodyOf({fields, revision, writing, step, blob}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({...fields, revision: revision ?? 0, writing, step, sent: Date.now()})) body.append(name, value);
  if (blob) body.append('photo', blob);
  return body;
}

/** Send one: "sent", "held" (refused, or the server is in trouble with this one), or why nothing can be sent now. */
async function send(entry) {
  const answer = await post(entry.url, bodyOf(entry));
  if (answer.status === 200 || answer.status === 201) {
    const {revision} = await answer.json();
    await change('entries', entry.key, now => (now && now.step !== entry.step ? {...now, revision} : null)); // written on meanwhile
    tell({sent: entry, revision});
    return 'sent';
  }
  if (REFUSED.includes(answer.status)) {
    const isText = answer.headers.get('Content-Type')?.startsWith('text/plain');
    const words = isText ? await answer.text() : '';
    await change('entries', entry.key, now => (now?.step === entry.step ? {...now, stuck: answer.status, words} : now));
    return 'held';
  }
  return answer.status >= 500 ? 'held' : TROUBLE[answer.type === 'opaqueredirect' ? 401 : answer.status] ?? 'later';
}

const isAlone = ({after}) => !after;

/** All in their order, but what goes after another one at the end. */
async function ordered() {
  const entries = await all('entries');
  return [...entries.filter(isAlone), ...entries.filter(entry => !isAlone(entry))];
}

/** Send what waits. What is not finished or was refused stays, and what goes after it. */
export const sendEntries = () => navigator.locks.request('entries', async () => {
  const held = new Set();
  let isChanged = false;
  for (const entry of await ordered()) {
    const outcome = entry.draft || entry.stuck || held.has(entry.after) ? 'held' : await send(entry);
    if (outcome === 'held') held.add(entry.key);
    else if (outcome === 'sent') isChanged = true;
    else {
      tell({trouble: outcome});
      break;
    }
  }
  tell({isDone: isChanged});
  if (isChanged) channel.postMessage({isDone: true});
});

channel.onmessage = ({data}) => tell(data);
