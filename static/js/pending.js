// What waits in this browser, shown on the page of a walk as it will read later, with how it stands in words.
import {Writing} from './piece-form.js';

const WORDS = {
  draft: 'Not finished yet',
  gone: 'No longer yours to write on: copy what you need',
  stuck: 'Not kept',
  waiting: 'Not sent yet',
};
const previews = new Map(); // a waiting photo -> its address in this tab

export const record = () => document.getElementById('record');
export const pieceOf = key => document.getElementById(key.startsWith('theme-') ? 'piece-theme' : `piece-${key}`);
const blank = name => document.getElementById(`blank-${name}`)?.content.firstElementChild.cloneNode(true);

/** A photo that waits, as a figure. */
export function preview(photo) {
  if (!previews.has(photo.key)) previews.set(photo.key, URL.createObjectURL(photo.blob));
  const figure = blank('photo');
  figure.dataset.waits = photo.key;
  figure.querySelector('img').src = previews.get(photo.key);
  figure.querySelector('button').dataset.forget = photo.key;
  figure.querySelector('figcaption').textContent = stateOf(photo);
  return figure;
}

function stateOf({draft, stuck, words}) {
  if (stuck === 404) return WORDS.gone;
  if (stuck) return words ? `${WORDS.stuck}: ${words}` : WORDS.stuck;
  return draft ? WORDS.draft : WORDS.waiting;
}

/** Fill the slots of a piece; a row of it that says nothing goes. */
function fill(piece, writing, fields) {
  for (const slot of piece.querySelectorAll('[data-slot]')) {
    const words = writing.shown(slot.dataset.slot, fields[slot.dataset.slot] ?? '');
    if (!words && slot.closest('dl')) slot.closest('div').remove();
    else slot.textContent = words;
  }
  if (fields.about) piece.classList.add(fields.about);
}

function fillTheme({fields}) {
  const head = document.getElementById('piece-theme');
  if (fields.theme) head.querySelector('[data-slot=theme]').textContent = fields.theme;
  const stops = (fields.route ?? '').split('\n').filter(line => line.trim());
  head.querySelector('[data-slot=route]').replaceChildren(...stops.map(stop => Object.assign(document.createElement('li'), {textContent: stop})));
  document.getElementById('piece-learned').textContent = fields.learned ?? '';
  return head;
}

/** The piece on the page: where it stood before, else at the end of its list. */
function placed(entry) {
  const writing = Writing.of(entry.kind);
  const old = pieceOf(entry.key);
  const fresh = blank(entry.kind);
  fresh.id = `piece-${entry.key}`;
  fresh.dataset.key = entry.key;
  if (old?.dataset.sent) fresh.dataset.sent = old.dataset.sent;
  fresh.querySelector('.photos')?.replaceChildren(...old?.querySelector('.photos').childNodes ?? []);
  fill(fresh, writing, entry.fields);
  if (old) old.replaceWith(fresh);
  else record().querySelector(`[data-list=${entry.kind}]`).append(fresh);
  return fresh;
}

function note(piece, entry) {
  piece.classList.add('unsent');
  piece.querySelector(':scope > .waits')?.remove();
  const words = entry.fields.remove ? `Removed. ${stateOf(entry)}` : stateOf(entry);
  const line = Object.assign(document.createElement('p'), {className: 'waits', textContent: words});
  if (entry.stuck) line.append(' ', Object.assign(document.createElement('button'), {type: 'button', className: 'act', textContent: 'Leave it'}));
  line.querySelector('button')?.setAttribute('data-forget', entry.key);
  piece.append(line);
}

/** An outcome of a promise that was said here: shown on its row. */
function noteAnswer(entry) {
  const form = document.querySelector(`form[data-key="${entry.key}"]`);
  for (const button of form?.querySelectorAll('button') ?? []) button.setAttribute('aria-pressed', String(button.value === entry.fields.outcome));
  if (form) note(form.closest('li'), entry);
}

function photoOf(entry) {
  if (!entry.blob) document.querySelector(`form[data-key="${entry.key}"]`)?.closest('figure').remove();
  else if (!document.querySelector(`#record [data-waits="${entry.key}"]`)) pieceOf(entry.after)?.querySelector('.photos').append(preview(entry));
}

/** Whether an entry stands on the page just so: then what has the focus there keeps it. */
function isShown({key, step, stuck, draft}) {
  const piece = pieceOf(key);
  const now = `${step} ${stuck} ${draft}`;
  if (piece?.dataset.shown === now) return true;
  queueMicrotask(() => pieceOf(key)?.setAttribute('data-shown', now));
  return false;
}

/** Put what waits over what the server has shown. */
export function stand(entries) {
  for (const entry of entries) {
    if (isShown(entry)) continue;
    if (entry.kind === 'photo') photoOf(entry);
    else if (entry.kind === 'answer') noteAnswer(entry);
    else if (entry.kind === 'theme') note(fillTheme(entry), entry);
    else note(entry.fields.remove ? pieceOf(entry.key) ?? placed(entry) : placed(entry), entry);
  }
  for (const piece of record().querySelectorAll('.unsent:not([data-sent])')) if (piece.dataset.key && !entries.some(({key}) => key === piece.dataset.key)) piece.remove();
  for (const list of record().querySelectorAll('[data-list]')) {
    const none = list.parentElement.querySelector('.none');
    if (none) none.hidden = Boolean(list.firstElementChild);
  }
}
