// What this browser keeps (IndexedDB), each record under the person it belongs to: nobody else sees or sends it.
// texts, entries (forms): not sent yet. photos: not sent yet, and for a while the address each got. past: earlier texts,
// for undo.

/** How this page speaks to the server: whose page it is, and its token. */
export const headers = JSON.parse(document.body.getAttribute('hx-headers') ?? '{}');
export const person = headers['X-Person'] ?? '';

const PATIENCE = 15000; // ms

/** Post, as the person whose page this is and never as anybody else; no answer is an answer too: status 0. */
export async function post(url, body) {
  try {
    return await fetch(url, {
      method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), headers: {...headers, 'X-Autosave': '1'},
    });
  } catch {
    return {status: 0};
  }
}

const STORES = ['texts', 'photos', 'past', 'entries'];
let opening;

const done = request => new Promise((ok, no) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => no(request.error);
});

function opened() {
  const request = indexedDB.open('a3', 2);
  request.onupgradeneeded = () => {
    const {result} = request;
    STORES.filter(name => !result.objectStoreNames.contains(name)).forEach(name => result.createObjectStore(name, {keyPath: 'key'}));
  };
  return done(request).then(depot => {
    depot.onversionchange = () => { // a newer build waits in another tab
      depot.close();
      opening = undefined;
    };
    return depot;
  });
}

async function store(name, mode = 'readwrite') {
  opening ??= opened();
  return (await opening).transaction(name, mode).objectStore(name);
}

export const keep = async (name, record) => done((await store(name)).put({...record, person}));
export const drop = async (name, key) => done((await store(name)).delete(key));

export async function find(name, key) {
  const record = await done((await store(name, 'readonly')).get(key));
  return record?.person === person ? record : undefined;
}

/** Change one of this person's records in one go; `update` gets it, or undefined, and returns the new one, or null to drop it. */
export async function change(name, key, update) {
  const place = await store(name);
  const record = await done(place.get(key));
  if (record && record.person !== person) return;
  const changed = update(record);
  if (changed) await done(place.put({...changed, person}));
  else if (record) await done(place.delete(key));
}

/** All of this person's, oldest first. */
export async function all(name) {
  const records = await done((await store(name, 'readonly')).getAll());
  return records.filter(record => record.person === person).sort((a, b) => a.at - b.at);
}

/** Change each of this person's records in one go; `change` returns the new one, or null to drop it. */
export async function each(name, change) {
  const place = await store(name);
  for (const record of await done(place.getAll())) {
    if (record.person !== person) continue;
    const changed = change(record);
    if (!changed) place.delete(record.key);
    else if (changed !== record) place.put(changed);
  }
}
