// The record of a walk: pieces are written in dialogs and kept in this browser first (entries.js), so that it makes no
// difference whether there is a connection. What waits stands on the page as it will read, and says so in words.
import {all, post} from './depot.js';
import {forget, put} from './entries.js';
import {keepPage, keepSoon} from './keeping.js';
import {fits, flush, show} from './outbox.js';
import {pieceOf, preview, record, stand} from './pending.js';
import {Writing} from './piece-form.js';

const PAUSE = 400; // ms without typing, then what was typed so far is kept
const CALM = 1000;
const TROUBLE = {
  'later': 'Not sent yet: waiting for a connection',
  'reload': 'Not sent yet: reload the page. What you wrote is kept here',
  'signed out': 'Not sent yet: you are signed out. Sign in again in another tab',
};
const place = location.pathname;
const state = document.getElementById('save-state');
let trouble = '';
let hasSent = false; // anything, since the page was opened

const mine = async () => (await all('entries')).filter(entry => entry.place === place);

/** How saving stands, in words. */
function tell(entries) {
  if (!state) return;
  const waits = entries.filter(({draft}) => !draft).length;
  const words = entries.length ? 'Not finished' : hasSent || record().querySelector('[data-list] > li') ? 'All sent' : '';
  const now = waits ? TROUBLE[navigator.onLine ? trouble : 'later'] ?? 'Sending …' : words;
  state.className = `save ${entries.length ? 'wait' : ''}`;
  if (state.textContent !== now) state.textContent = now;
}

/** Put what waits in this browser over what the server has shown. */
async function overlay() {
  const entries = await mine();
  stand(entries);
  tell(entries);
  entries.filter(({stuck}) => stuck === 409).forEach(meet);
}

// --------------------------------------------------------------------------------------------- two versions of one piece

/** Show both versions where the piece stands, as the server tells them apart now. */
async function meet(entry) {
  const piece = entry.kind === 'answer' ? null : pieceOf(entry.key);
  if (!piece || piece.dataset.meets || !navigator.onLine) return;
  piece.dataset.meets = 'yes';
  const answer = await post(entry.url, new URLSearchParams({...entry.fields, revision: entry.revision ?? 0}));
  if (answer.status !== 409) {
    delete piece.dataset.meets;
    if (answer.ok) await forget(entry.key).then(refresh);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  piece.querySelector(':scope > .waits')?.remove();
  const panel = document.adoptNode(page.querySelector('.both-shown'));
  piece.append(panel);
  panel.addEventListener('submit', event => {
    event.preventDefault();
    const {revision, csrfmiddlewaretoken: _, ...fields} = Object.fromEntries(new FormData(event.target));
    put({...entry, fields, revision: Number(revision), draft: false}).then(flush);
  });
  panel.querySelector('[data-leave]').addEventListener('click', event => {
    event.preventDefault();
    forget(entry.key).then(refresh);
  });
}

// -------------------------------------------------------------------------------------------------------------- writing

let timer = 0;

/** Keep what the open form says: as a draft while one writes, to be sent when it is done. */
async function keepForm(writing, draft) {
  clearTimeout(timer);
  const {key, name, address, fields, label} = writing;
  await put({key, kind: name, url: address, fields, place, name: label, draft, ...writing.revision === null ? {} : {revision: writing.revision}});
  writing.revision = null; // from now on the entry knows
}

async function open(name, key) {
  const writing = Writing.of(name);
  const entries = await mine();
  const entry = entries.find(each => each.key === key);
  writing.open({key, entry, sent: pieceOf(key)?.dataset.sent});
  writing.thumbs?.replaceChildren(...entries.filter(each => each.after === key && each.blob).map(preview));
}

async function addPhotos(files, writing) {
  for (const blob of files) {
    if (!fits(blob)) continue;
    const key = crypto.randomUUID();
    const photo = {key, kind: 'photo', url: `${writing.address}photos/${key}/`, fields: {}, blob, after: writing.key, place, name: 'A photo'};
    await put(photo);
    writing.thumbs.append(preview(photo));
  }
  await keepForm(writing, true); // photos alone are kept too
}

async function submit(event) {
  const form = event.target;
  const writing = form.dataset.form && Writing.of(form.dataset.form);
  if (!writing && !form.dataset.queue) return;
  event.preventDefault();
  if (writing) {
    await keepForm(writing, false);
    writing.close();
  } else {
    const {csrfmiddlewaretoken: _, ...fields} = Object.fromEntries(new FormData(form, event.submitter));
    await put({key: form.dataset.key, kind: form.dataset.queue, url: form.action, fields, place, name: form.dataset.name});
  }
  await flush();
}

/** What was begun stays as a draft; what says nothing goes. */
async function leave(writing) {
  const isNew = !writing.hasSaid && !writing.thumbs?.childElementCount;
  if (writing.isTouched && !isNew) await keepForm(writing, true);
  else if (isNew && !pieceOf(writing.key)?.dataset.sent) await forget(writing.key);
  writing.close();
}

/** What the server has is removed there; what it has not is forgotten. */
async function remove(writing) {
  if (!writing.isSent) await forget(writing.key);
  else await put({key: writing.key, kind: writing.name, url: writing.address, fields: {remove: '1'}, place, name: writing.label, draft: false, ...writing.revision === null ? {} : {revision: writing.revision}});
  writing.close();
  await (writing.isSent ? flush() : refresh());
}

/** Back to what the server has. */
async function discard(writing) {
  await forget(writing.key);
  writing.close();
  await anew();
}

/** A button that takes something away is pressed twice. */
function isSure(button) {
  if (button.dataset.asked) return true;
  const words = [...button.childNodes];
  button.dataset.asked = 'yes';
  button.textContent = button.dataset.sure;
  setTimeout(() => {
    delete button.dataset.asked;
    button.replaceChildren(...words);
  }, 4000);
  return false;
}

function click(event) {
  const sure = event.target.closest('[data-sure]');
  if (sure && !isSure(sure)) event.preventDefault();
  else if (event.target.closest('[data-remove]')) remove(Writing.of(event.target.closest('form').dataset.form));
  else if (event.target.closest('[data-discard]')) discard(Writing.of(event.target.closest('form').dataset.form));
  else if (event.target.closest('[data-forget]')) forget(event.target.closest('[data-forget]').dataset.forget).then(anew);
  else if (event.target.closest('[data-later]')) leave(Writing.of(event.target.closest('form').dataset.form));
  const link = event.target.closest('a[data-write]');
  if (!link) return;
  event.preventDefault();
  const {write} = link.dataset;
  open(write, write === 'theme' ? `theme-${place}` : link.closest('[data-key]')?.dataset.key ?? crypto.randomUUID());
}

async function photo(event) {
  const {files, form} = event.target;
  if (!event.target.matches('[data-photo]') || !files.length) return;
  if (!form) await open('observation', crypto.randomUUID());
  await addPhotos([...files], Writing.of('observation'));
  event.target.value = '';
}

// ----------------------------------------------------------------------------------------------------------- what arrives

/** The page as it was before this was written. */
async function anew() {
  if (navigator.onLine) await refresh();
  else location.reload();
}

async function refresh() {
  if (navigator.onLine) await htmx.ajax('GET', place, {target: '#record', swap: 'outerHTML'}).catch(() => {});
  else await overlay();
}

/** What has arrived is known by its new revision at once, also before the page is fetched anew. */
function arrived({detail}) {
  const {sent, revision, isDone} = detail;
  trouble = detail.trouble ?? (sent ? '' : trouble);
  hasSent ||= Boolean(sent);
  const piece = sent && pieceOf(sent.key);
  if (piece) piece.dataset.sent = JSON.stringify({...sent.fields, revision});
  if (isDone) refresh().then(() => keepSoon(keepPage, CALM));
  else overlay();
  show();
}

document.addEventListener('submit', submit);
document.addEventListener('click', click);
document.addEventListener('change', photo);
document.addEventListener('input', event => {
  const writing = event.target.form?.dataset.form && Writing.of(event.target.form.dataset.form);
  if (!writing || event.target.type === 'file') return;
  clearTimeout(timer);
  timer = setTimeout(keepForm, PAUSE, writing, true);
});
document.addEventListener('cancel', event => {
  if (!event.target.matches('.write')) return;
  event.preventDefault();
  leave(Writing.of(event.target.querySelector('form').dataset.form));
}, true);
document.addEventListener('entries', arrived);
document.addEventListener('htmx:afterSettle', overlay);
addEventListener('online', () => {
  trouble = '';
  overlay();
});
addEventListener('offline', overlay);
overlay();
