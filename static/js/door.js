// The door list: each tap is kept in this browser first (entries.js), so that it makes no difference whether there is a
// connection. Of one person and day the last tap counts; what waits stands on its row, in words.
import {all, headers} from './depot.js';
import {forget, put} from './entries.js';
import {keepPage, keepSoon, registered} from './keeping.js';
import {flush, show as showStrip} from './outbox.js';

const CALM = 1000;
const EVERY = 15000; // ms, then the marks of others are fetched
const TROUBLE = {
  'later': 'Not sent yet: waiting for a connection',
  'reload': 'Not sent yet: reload the page. Your marks are kept here',
  'signed out': 'Not sent yet: you are signed out. Sign in again in another tab',
};
const place = location.pathname;
const door = document.getElementById('door');
const state = document.getElementById('save-state');
const find = document.getElementById('find-name');
const rest = document.getElementById('rest');
const tabs = [...door.querySelectorAll('[data-day]')];
const days = tabs.map(({dataset}) => dataset.day);
let trouble = '';
let hasSent = false; // anything, since the page was opened
let waiting = []; // taps that are not sent yet, the first first

const rows = () => [...document.querySelectorAll('#seats > [data-seat]')];

/** Which day it is at the place: the page may have been kept since yesterday. */
const today = () => new Intl.DateTimeFormat('en-CA', {timeZone: door.dataset.zone, year: 'numeric', month: '2-digit', day: '2-digit'}).format(new Date());

function firstDay() {
  const asked = new URLSearchParams(location.search).get('day');
  if (days.includes(asked)) return asked;
  const now = today();
  return days.includes(now) ? now : now < days[0] ? days[0] : days.at(-1);
}
let day = firstDay();

// -------------------------------------------------------------------------------------------------------------- showing

const waitsFor = seat => waiting.filter(({fields}) => fields.enrollment === seat && fields.day === day);

/** Whether the person is here, as it will read when all has arrived: true, false, or undefined. */
function presence({dataset}) {
  const last = waitsFor(dataset.seat).findLast(({stuck}) => !stuck);
  return last ? last.fields.present === '1' : JSON.parse(dataset.marks)[day];
}

function note(row) {
  const mine = waitsFor(row.dataset.seat);
  const stuck = mine.find(entry => entry.stuck);
  const words = stuck ? stuck.words || 'Not kept' : mine.length ? 'Not sent yet' : '';
  let line = row.querySelector('.waits');
  row.classList.toggle('unsent', Boolean(words));
  if (!words) return line?.remove();
  line ??= row.appendChild(Object.assign(document.createElement('p'), {className: 'waits'}));
  line.replaceChildren(words, ...stuck ? [' ', leaving(stuck)] : []);
}

/** The button that forgets what was refused. */
function leaving({key}) {
  const button = Object.assign(document.createElement('button'), {type: 'button', className: 'act', textContent: 'Leave it'});
  button.addEventListener('click', () => forget(key).then(refresh));
  return button;
}

/** What was refused of those who have no row any more. */
function noteOthers() {
  const list = document.getElementById('others');
  const lost = waiting.filter(({stuck, fields}) => stuck && !document.getElementById(`seat-${fields.enrollment}`));
  list.hidden = !lost.length;
  list.replaceChildren(...lost.map(entry => {
    const line = document.createElement('li');
    line.append(`${entry.name}: ${entry.words || 'no longer here.'} `, leaving(entry));
    return line;
  }));
}

/** How saving stands, in words. */
function tell() {
  const isStuck = waiting.some(({stuck}) => stuck);
  const isOpen = waiting.some(({stuck}) => !stuck);
  const open = TROUBLE[navigator.onLine ? trouble : 'later'] ?? 'Sending …';
  const words = isOpen ? open : isStuck ? 'Not kept: look below' : hasSent ? 'All sent' : '';
  state.className = `save ${waiting.length ? 'wait' : ''}`;
  if (state.textContent !== words) state.textContent = words;
}

function count(present) {
  const open = present.filter(each => each === undefined).length;
  const left = open ? `, ${open} not marked` : '';
  const words = `${present.filter(Boolean).length} of ${present.length} ${day < today() ? 'were' : 'are'} here${left}`;
  const line = document.getElementById('count');
  if (line.textContent.trim() !== words) line.textContent = words;
  if (rest) rest.hidden = !open || day > today();
}

function show() {
  const isAhead = day > today();
  for (const tab of tabs) tab.toggleAttribute('aria-current', tab.dataset.day === day);
  document.querySelectorAll('[aria-current=""]').forEach(tab => tab.setAttribute('aria-current', 'true'));
  document.getElementById('not-yet').hidden = !isAhead || !rest;
  const present = rows().map(row => {
    const now = presence(row);
    for (const button of row.querySelectorAll('.taps button')) {
      button.setAttribute('aria-pressed', String(now === (button.value === '1')));
      button.disabled = isAhead;
    }
    const words = row.querySelector('.out');
    if (words) words.textContent = now ? 'was here' : now === false ? 'was not here' : 'not marked';
    note(row);
    return now;
  });
  count(present);
  noteOthers();
  tell();
}

async function overlay() {
  if (!location.search) day = firstDay(); // the page may have stayed open since yesterday
  waiting = (await all('entries')).filter(entry => entry.kind === 'mark' && entry.place === place);
  show();
}

// -------------------------------------------------------------------------------------------------------------- marking

const nameOf = row => row.querySelector('.person b').textContent;

async function mark(row, present) {
  const key = crypto.randomUUID();
  const fields = {enrollment: row.dataset.seat, day, present, tapped: String(Date.now())};
  await put({key, kind: 'mark', url: `${row.querySelector('form').dataset.base}${key}/`, fields, place, name: nameOf(row)});
}

async function tap(event) {
  const row = event.target.closest('[data-seat]');
  if (!row || !event.submitter) return;
  event.preventDefault();
  await mark(row, event.submitter.value);
  await flush();
}

/** All who are not marked yet: pressed twice, as it is many at once. */
async function markRest() {
  if (!rest.dataset.asked) {
    const {textContent} = rest;
    rest.dataset.asked = 'yes';
    rest.textContent = rest.dataset.sure;
    setTimeout(() => {
      delete rest.dataset.asked;
      rest.textContent = textContent;
    }, 4000);
    return;
  }
  for (const row of rows().filter(each => presence(each) === undefined)) await mark(row, '0');
  await flush();
}

// ----------------------------------------------------------------------------------------------------- finding and days

const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function narrow() {
  const words = plain(find.value).split(/\s+/).filter(Boolean);
  for (const row of rows()) row.hidden = !words.every(word => plain(nameOf(row)).includes(word));
  document.getElementById('nobody').hidden = !words.length || rows().some(row => !row.hidden);
}

function turn(event) {
  const tab = event.target.closest('[data-day]');
  if (!tab) return;
  event.preventDefault();
  ({day} = tab.dataset);
  history.replaceState(null, '', day === today() ? place : `?day=${day}`);
  show();
}

// --------------------------------------------------------------------------------------------------------- what arrives

/** The marks of others, and who was put down meanwhile; what is focused stays. */
async function refresh() {
  const answer = navigator.onLine ? await fetch(place, {headers, redirect: 'manual'}).catch(() => null) : null;
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = [...page.querySelectorAll('#seats > [data-seat]')];
    const list = document.getElementById('seats');
    const isSame = fresh.map(({id}) => id).join() === rows().map(({id}) => id).join();
    if (isSame) for (const row of fresh) document.getElementById(row.id).dataset.marks = row.dataset.marks;
    else list.replaceChildren(...page.getElementById('seats').children);
    if (!isSame) narrow();
  }
  await overlay();
}

/** What has arrived stands on its row at once, also before the page is fetched anew. */
function arrived({detail}) {
  const {sent, isDone} = detail;
  trouble = detail.trouble ?? (sent ? '' : trouble);
  hasSent ||= Boolean(sent);
  const row = sent?.kind === 'mark' && document.getElementById(`seat-${sent.fields.enrollment}`);
  if (row) row.dataset.marks = JSON.stringify({...JSON.parse(row.dataset.marks), [sent.fields.day]: sent.fields.present === '1'});
  if (isDone) refresh().then(() => keepSoon(keepPage, CALM));
  else overlay();
  showStrip();
}

door.addEventListener('submit', tap);
door.addEventListener('click', turn);
rest?.addEventListener('click', markRest);
find.addEventListener('input', narrow);
document.addEventListener('entries', arrived);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
addEventListener('online', () => {
  trouble = '';
  refresh();
});
addEventListener('offline', overlay);
setInterval(() => document.hidden || refresh(), EVERY);
overlay();
if (await registered()) keepSoon(keepPage, CALM);
