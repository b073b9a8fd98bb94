// Moves visits and requests on the board, with a pointer or with keys. Each drop is one request, and its answer is the
// board as it is then: the page itself never decides what is true. Places are half days, counted from the left edge.
const STEPS = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};
const LONGER = {'+': 1, '=': 1, '-': -1};
const MOST = 62; // half days
const plan = () => document.getElementById('plan');
const spoken = document.getElementById('spoken');
const warning = document.getElementById('warning');
const card = document.getElementById('card');

const lanes = () => [...plan().querySelectorAll('.lane[data-coach]')];
const days = () => [...plan().querySelectorAll('.bhead .dd')];
const perDay = () => Number(plan().dataset.halves); // columns
const speak = words => { spoken.textContent = words; };
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

function lengthWords(halves) {
  if (halves === 1) return 'half a day';
  const whole = `${Math.floor(halves / 2)}${halves % 2 ? ' and a half' : ''}`;
  return `${whole} ${halves === 2 ? 'day' : 'days'}`;
}

/** A visit of the board, or a request from below it, on its way. */
class Moving {
  constructor(source, lane) {
    const {start, halves, whole} = source.dataset;
    this.source = source;
    this.isVisit = source.matches('.ev');
    this.lanes = this.isVisit && !lanes().includes(lane) ? [lane] : lanes();
    this.whole = !this.isVisit || whole !== undefined;
    this.halves = Number(halves);
    this.half = this.isVisit ? Number(start) : this.firstChance();
    this.lane = lane;
    this.from = {lane, half: this.half, halves: this.halves};
    this.ghost = document.createElement('li');
    this.ghost.setAttribute('aria-hidden', 'true');
    source.classList.add('lifted');
    this.draw();
  }

  /** A request begins on the first day that was asked for, or on the next working day in view. */
  firstChance() {
    const all = days();
    const asked = all.findIndex(day => day.dataset.day >= this.source.dataset.from);
    const today = all.findIndex(day => day.matches('.today'));
    return 2 * Math.max(asked, today, 0);
  }

  /** Whole days begin in the morning; elsewhere half a day is one step, where columns are days a day. */
  get step() {
    return perDay() === 1 || (this.whole && this.halves % 2 === 0) ? 2 : 1;
  }

  to(lane, half) {
    this.lane = lane;
    this.half = clamp(half, 0, 2 * days().length - 1);
    if (this.step === 2) this.half -= (this.half - (perDay() === 1 ? this.from.half : 0)) & 1;
    this.draw();
  }

  last(half, halves) { return Math.floor((half + halves - 1) * perDay() / 2); }

  draw() {
    if (!this.lane) {
      this.ghost.remove();
      return;
    }
    const columns = days().length * perDay();
    const first = clamp(this.last(this.half, 1), 0, columns - 1);
    const last = clamp(this.last(this.half, this.halves), first, columns - 1);
    this.ghost.className = `ghost s${first + 1} w${last - first + 1} l1`;
    this.lane.append(this.ghost);
  }

  lengthen(by) {
    this.halves = clamp(this.halves + by, 1, MOST);
    this.to(this.lane, this.half);
  }

  end() {
    this.ghost.remove();
    this.source.classList.remove('lifted');
    this.source.removeAttribute('aria-pressed');
  }

  get stays() {
    const {lane, half, halves} = this.from;
    return !this.lane || (this.isVisit && this.lane === lane && this.half === half && this.halves === halves);
  }

  words() {
    const day = days()[Math.max(this.half, 0) >> 1].dataset.words;
    const part = perDay() === 1 || this.step === 2 ? '' : `, ${this.half % 2 ? 'afternoon' : 'morning'}`;
    return `${this.lane.dataset.name}, ${day}${part}`;
  }

  get values() {
    const values = {
      coach: this.lane.dataset.coach ?? this.source.dataset.coach,
      day: days()[Math.max(this.half, 0) >> 1].dataset.day,
    };
    if (perDay() === 2) values.half = this.half % 2 ? 'pm' : 'am';
    if (this.halves !== this.from.halves) values.halves = this.halves;
    if (this.isVisit) values.sequence = this.source.dataset.sequence;
    return values;
  }

  async drop() {
    const {source} = this;
    const thing = this.isVisit ? source.getAttribute('formaction') : `requests/${source.dataset.request}/`;
    const url = new URL(`${thing}drop/${location.search}`, location.origin + location.pathname);
    await htmx.ajax('POST', url.pathname + url.search, {values: this.values, source: plan(), target: '#plan', swap: 'keep'});
    if (warning.open) waiting = this;
    else this.settle();
  }

  /** The focus goes to what was placed, or back to what was not. */
  settle() {
    this.end();
    const {placed} = plan().dataset;
    const there = document.getElementById(placed || this.source.id);
    (there?.matches('.req') ? there.querySelector('a') : there)?.focus();
  }
}

// --- a reason is asked for ----------------------------------------------------------------------------------------
let waiting = null; // what hangs over its new place while the reason is written

document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target !== plan()) return;
  waiting?.settle();
  waiting = null;
});
warning.addEventListener('close', () => {
  if (!waiting) return;
  const moving = waiting;
  waiting = null;
  plan().dataset.placed = '';
  moving.settle();
  speak('Put back.');
});

// --- pointer --------------------------------------------------------------------------------------------------------
let held = null; // pointer is down on something, and perhaps moving it
let dropped = false; // the click that follows a drop opens nothing

function halfAt(x) {
  const columns = days().map(day => day.getBoundingClientRect());
  const found = columns.findIndex(column => x < column.right);
  const day = found < 0 ? columns.length - 1 : found;
  return 2 * day + (x > (columns[day].left + columns[day].right) / 2 ? 1 : 0);
}

function laneAt(x, y, among) {
  if (x < (days()[0]?.getBoundingClientRect().left ?? 0)) return null;
  return among.find(lane => {
    const place = lane.getBoundingClientRect();
    return y >= place.top && y < place.bottom;
  }) ?? null;
}

export function hold(source, event) {
  if (carried) putDown(false);
  dropped = false;
  const {clientX: x, clientY: y, pointerId: id} = event;
  held = {source, x, y, id, moving: null, offset: source.matches('.ev') ? halfAt(x) - Number(source.dataset.start) : 0};
}

document.addEventListener('pointermove', event => {
  if (event.pointerId !== held?.id) return;
  if (!event.buttons) { // it was let go before this module had come
    letGo(false);
    return;
  }
  const {clientX: x, clientY: y} = event;
  if (!held.moving) {
    if (Math.hypot(x - held.x, y - held.y) < 5) return;
    card.hidePopover();
    document.documentElement.classList.add('dragging');
    getSelection().removeAllRanges();
    held.moving = new Moving(held.source, held.source.closest('.lane'));
  }
  held.moving.to(laneAt(x, y, held.moving.lanes), halfAt(x) - held.offset);
});

function letGo(drops) {
  const moving = held?.moving;
  held = null;
  document.documentElement.classList.remove('dragging');
  if (!moving) return;
  dropped = true;
  if (drops && !moving.stays) moving.drop();
  else moving.end();
}

document.addEventListener('pointerup', () => letGo(true));
document.addEventListener('pointercancel', () => letGo(false));
document.addEventListener('click', event => {
  if (dropped && event.target.closest('.ev, .req')) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  dropped = false;
}, true);

// --- keys -------------------------------------------------------------------------------------------------------------
let carried = null;

export function pickUp(source) {
  if (carried || warning.open) return;
  card.hidePopover();
  carried = new Moving(source, source.closest('.lane') ?? lanes()[0]);
  if (carried.isVisit) source.setAttribute('aria-pressed', 'true');
  const what = carried.isVisit ? 'Picked up' : `Picked up: ${source.dataset.name}`;
  speak(`${what}. ${carried.words()}. Arrow keys move it, plus and minus change its length, Enter drops it, Escape puts it back.`);
}

document.addEventListener('keydown', event => {
  if (held?.moving && event.key === 'Escape') letGo(false);
  if (!carried) return;
  const [down, right] = STEPS[event.key] ?? [];
  if (right !== undefined) go(down, right * carried.step);
  else if (LONGER[event.key]) {
    carried.lengthen(LONGER[event.key]);
    speak(`${lengthWords(carried.halves)}, from ${carried.words()}`);
  } else if (['Enter', 'Escape', 'Tab'].includes(event.key)) {
    putDown(event.key === 'Enter');
    if (event.key === 'Tab') return;
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

function go(down, right) {
  const all = carried.lanes;
  carried.to(all[clamp(all.indexOf(carried.lane) + down, 0, all.length - 1)], carried.half + right);
  carried.ghost.scrollIntoView({block: 'nearest'});
  speak(carried.words());
}

function putDown(drops) {
  const moving = carried;
  carried = null;
  if (drops && !moving.stays) {
    speak(`Dropped on ${moving.words()}.`);
    moving.drop();
  } else {
    moving.end();
    speak('Put back.');
  }
}
