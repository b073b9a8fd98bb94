// The schedule board: a visit's card, the counter of conflicts, and what others change while one looks on.
// Moving things comes with moving.js, for those who may and once they come near.
import './printing.js';
import {say} from './app.js';

const EVERY = 5000; // ms between two looks at what others did
const MOVABLE = '.moves .ev[data-sequence], .moves .req.movable';
const AT_SOMETHING = 'dialog[open], :popover-open, .lifted';
const SPANS = {weeks: 'week'};
const card = document.getElementById('card');
const warning = document.getElementById('warning'); // something speaks against a move: a reason is asked for

const plan = () => document.getElementById('plan');
const named = id => (id ? document.getElementById(id) : null);

// --- the board as it is now takes the place of the one before, part by part: focus and scrolling stay -----------
let turn = 0; // counts the boards shown: an answer to an older one comes too late

const parts = board => new Map([...board.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
const controls = part => [...part.querySelectorAll('a, button, input, textarea')];

/** Puts the focus where it was, by name or by place. */
function holdFocus(change) {
  const focused = document.activeElement;
  const part = focused?.closest('[data-part]');
  const place = part ? controls(part).indexOf(focused) : -1;
  change();
  if (!part || focused.isConnected) return;
  const again = parts(plan()).get(part.dataset.part);
  (named(focused.id) ?? (again && controls(again)[place]))?.focus();
}

function replace(old, fresh) {
  const scrolled = old.querySelector('.requests')?.scrollLeft ?? old.scrollLeft;
  old.replaceWith(fresh);
  (fresh.querySelector('.requests') ?? fresh).scrollLeft = scrolled;
}

/** Shows a board that came as an answer; returns the parts that differ. */
function show(fresh) {
  const [old, before, after] = [plan(), parts(plan()), parts(fresh)];
  const alike = before.size === after.size && [...after.keys()].every(name => before.has(name));
  const changed = alike ? [...after.values()].filter(part => !before.get(part.dataset.part).isEqualNode(part)) : [...fresh.children];
  holdFocus(() => {
    if (alike) changed.forEach(part => replace(before.get(part.dataset.part), part));
    else old.replaceChildren(...changed);
  });
  for (const {name, value} of fresh.attributes) old.setAttribute(name, value);
  turn += 1;
  return changed;
}

htmx.defineExtension('keep', {
  handleSwap(style, target, fragment) {
    const fresh = style === 'keep' && fragment.querySelector('#plan');
    return fresh ? show(fresh) : false;
  },
});

// --- what others did ------------------------------------------------------------------------------------------
function tell(changed) {
  const names = changed.filter(part => part.matches('.brow[aria-labelledby]')).map(part => part.querySelector('h3').textContent);
  const {span} = plan().dataset;
  if (names.length > 3) say(`Updated: ${names.length} rows changed.`);
  else if (names.length) say(`Updated: ${names.map(name => `${name}’s`).join(' and ')} ${SPANS[span] ?? span} changed.`);
  else if (changed.some(part => part.matches('.tray'))) say('Updated: what waits to be placed.');
}

async function look() {
  if (document.hidden || document.querySelector(AT_SOMETHING)) return;
  const asked = turn;
  const {news, version, rows} = plan().dataset;
  const address = `${news}${news.includes('?') ? '&' : '?'}${new URLSearchParams({version, rows})}`;
  const answer = await fetch(address, {headers: {'HX-Request': 'true'}}).catch(() => null);
  if (answer?.status !== 200 || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('plan');
  if (!fresh || turn !== asked || document.querySelector(AT_SOMETHING)) return;
  const changed = show(fresh);
  changed.forEach(part => htmx.process(part));
  tell(changed);
}

setInterval(look, EVERY);
document.addEventListener('visibilitychange', look);

// --- the card -------------------------------------------------------------------------------------------------
let opener = null;

function openCard(mark) {
  opener = mark.id;
  htmx.ajax('GET', mark.getAttribute('formaction'), {source: mark, target: card, swap: 'innerHTML'});
}

function showCard() {
  card.showPopover();
  if (matchMedia('(min-width: 901px)').matches && named(opener)) standBeside(named(opener));
  card.querySelector('#card-title')?.focus();
}

document.addEventListener('htmx:afterSwap', ({detail: {target}}) => {
  if (target === card) showCard();
  if (target === warning && !warning.open) warning.showModal();
  if (target !== plan()) return;
  card.hidePopover();
  warning?.close();
  named(plan().dataset.placed)?.focus();
});

function standBeside(element) {
  const place = element.getBoundingClientRect();
  const [right, width, height] = [place.right + 10, card.offsetWidth, card.offsetHeight];
  const left = right + width < innerWidth - 12 ? right : place.left - width - 10;
  card.style.left = `${Math.max(12, Math.min(left, innerWidth - width - 12))}px`;
  card.style.top = `${Math.max(12, Math.min(place.top - 40, innerHeight - height - 12))}px`;
}

card.addEventListener('toggle', event => {
  if (event.newState === 'closed' && (card.contains(document.activeElement) || document.activeElement === document.body)) named(opener)?.focus();
});

// --- conflicts, one after the other -----------------------------------------------------------------------------
let seen = ''; // the conflict looked at last

function nextConflict(counter) {
  const places = counter.dataset.places.trim().split(' ');
  seen = places[(places.indexOf(seen) + 1) % places.length];
  const mark = named(seen);
  mark?.scrollIntoView({block: 'center'});
  mark?.focus({focusVisible: true, preventScroll: true});
}

document.addEventListener('click', event => {
  const mark = event.target.closest('button.ev[formaction]');
  const counter = event.target.closest('#conflicts');
  if (!mark && !counter) return;
  event.preventDefault();
  if (mark) openCard(mark);
  else nextConflict(counter);
});

// --- moving -----------------------------------------------------------------------------------------------------
let module = null;
const moving = () => (module ??= import('./moving.js'));

for (const what of ['pointerover', 'focusin']) {
  document.addEventListener(what, event => { if (event.target.closest?.(MOVABLE)) moving(); });
}
document.addEventListener('pointerdown', async event => {
  const source = event.target.closest(MOVABLE);
  if (source && !event.button) (await moving()).hold(source, event);
});
for (const what of ['dragstart', 'selectstart']) { // the browser's own dragging and selecting would take over
  document.addEventListener(what, event => { if (event.target.parentElement?.closest(MOVABLE)) event.preventDefault(); });
}
document.addEventListener('keydown', async event => {
  const source = event.target.closest?.(MOVABLE);
  if (!source || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  (await moving()).pickUp(source);
});
