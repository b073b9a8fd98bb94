// The schedule board: open a visit's card, drag it with a pointer, move it with keys. Each drop is one request, and
// its answer is the board as it is then: the page itself never decides what is true.
const HALVES = 28;
const card = document.getElementById('card');
const spoken = document.getElementById('spoken');
const plan = () => document.getElementById('plan');
const lanes = () => [...document.querySelectorAll('.lane')];
const days = () => [...document.querySelectorAll('.bhead .dd')];

const speak = words => { spoken.textContent = words; };
const number = (element, letter) => Number([...element.classList].find(name => new RegExp(`^${letter}\\d+$`).test(name))?.slice(1));
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** What people call a half day: "Wednesday 25 November, afternoon". */
function halfWords(half) {
  return `${days()[(half - 1) >> 1].dataset.words}, ${half % 2 ? 'morning' : 'afternoon'}`;
}

// --- the card ------------------------------------------------------------------------------------
let opener = null;

document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target !== card) return;
  opener = event.detail.requestConfig.elt;
  card.showPopover();
  if (matchMedia('(min-width: 901px)').matches) standBeside(opener);
  card.querySelector('#card-title')?.focus();
});

function standBeside(element) {
  const place = element.getBoundingClientRect();
  const right = place.right + 10;
  const left = right + card.offsetWidth < innerWidth - 12 ? right : place.left - card.offsetWidth - 10;
  card.style.left = `${clamp(left, 12, innerWidth - card.offsetWidth - 12)}px`;
  card.style.top = `${clamp(place.top - 40, 12, innerHeight - card.offsetHeight - 12)}px`;
}

card?.addEventListener('toggle', event => {
  if (event.newState === 'closed' && card.contains(document.activeElement)) opener?.focus();
});

// --- a thing that is being moved: a visit of the board, or a request from below it ----------------
class Moving {
  constructor(source, lane, half, width) {
    this.source = source;
    this.from = {lane, half};
    this.width = width;
    this.ghost = document.createElement('li');
    this.ghost.setAttribute('aria-hidden', 'true');
    source.classList.add('lifted');
    this.to(lane, half);
  }

  to(lane, half) {
    this.lane = lane;
    this.half = clamp(half, 1, HALVES + 1 - this.width);
    if (!lane) {
      this.ghost.remove();
      return;
    }
    this.ghost.className = `ghost s${this.half} w${this.width} l1`;
    lane.append(this.ghost);
  }

  end() {
    this.ghost.remove();
    this.source.classList.remove('lifted');
  }

  get stays() {
    return !this.lane || (this.lane === this.from.lane && this.half === this.from.half);
  }

  words() {
    return `${this.lane.dataset.name}, ${halfWords(this.half)}`;
  }

  drop() {
    this.end();
    if (this.stays) return;
    const visit = this.source.closest('.ev');
    const values = {
      coach: this.lane.dataset.coach,
      day: days()[(this.half - 1) >> 1].dataset.day,
      half: this.half % 2 ? 'am' : 'pm',
      from: plan().dataset.from,
      after: plan().dataset.after,
    };
    if (visit) values.sequence = visit.dataset.sequence;
    const url = visit ? `${visit.getAttribute('formaction')}drop/` : `requests/${this.source.dataset.request}/drop/`;
    const back = visit?.id;
    htmx.ajax('POST', new URL(url, location.href).pathname, {values, target: '#plan', swap: 'outerHTML'}).then(() => {
      if (back) document.getElementById(back)?.focus();
    });
  }
}

// --- pointer ---------------------------------------------------------------------------------------
let held = null; // pointer is down on something, and perhaps moving it
let dropped = false; // the click that follows a drop opens nothing

function halfAt(x) {
  const columns = days().map(day => day.getBoundingClientRect());
  const found = columns.findIndex(column => x < column.right);
  const day = found < 0 ? columns.length - 1 : found;
  return 2 * day + 1 + (x > (columns[day].left + columns[day].right) / 2 ? 1 : 0);
}

function laneAt(x, y) {
  if (x < (days()[0]?.getBoundingClientRect().left ?? 0)) return null;
  return lanes().find(lane => {
    const place = lane.getBoundingClientRect();
    return y >= place.top && y < place.bottom;
  }) ?? null;
}

document.addEventListener('pointerdown', event => {
  const source = event.target.closest('.movable .ev, .req.movable');
  if (!source || event.button || event.target.closest('a')) return;
  dropped = false;
  const slot = source.closest('.slot');
  held = {source, slot, x: event.clientX, y: event.clientY, id: event.pointerId, moving: null};
  held.offset = slot ? halfAt(event.clientX) - number(slot, 's') : 0;
});

document.addEventListener('pointermove', event => {
  if (!held || event.pointerId !== held.id) return;
  if (!held.moving) {
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < 5) return;
    card.hidePopover();
    document.documentElement.classList.add('dragging');
    const {source, slot} = held;
    held.moving = slot
      ? new Moving(source, slot.parentElement, number(slot, 's'), number(slot, 'w'))
      : new Moving(source, null, 1, 2);
  }
  held.moving.to(laneAt(event.clientX, event.clientY), halfAt(event.clientX) - held.offset);
});

function letGo(drops) {
  const moving = held?.moving;
  held = null;
  document.documentElement.classList.remove('dragging');
  if (!moving) return;
  dropped = true;
  if (drops) moving.drop();
  else moving.end();
}

document.addEventListener('pointerup', () => letGo(true));
document.addEventListener('pointercancel', () => letGo(false));
document.addEventListener('click', event => {
  if (dropped && event.target.closest('.ev')) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  dropped = false;
}, true);

// --- keys --------------------------------------------------------------------------------------------
let carried = null;

const STEPS = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};

document.addEventListener('keydown', event => {
  if (held?.moving && event.key === 'Escape') {
    letGo(false);
    return;
  }
  const visit = event.target.closest?.('.movable .ev');
  if (carried) carry(event);
  else if (visit && event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey) pickUp(visit, event);
}, true);

function pickUp(visit, event) {
  event.preventDefault();
  const slot = visit.closest('.slot');
  carried = new Moving(visit, slot.parentElement, number(slot, 's'), number(slot, 'w'));
  visit.setAttribute('aria-pressed', 'true');
  speak(`Picked up. ${carried.words()}. Arrow keys move it, Enter drops it, Escape puts it back.`);
}

function carry(event) {
  const step = STEPS[event.key];
  if (step) {
    const all = lanes();
    const lane = all[clamp(all.indexOf(carried.lane) + step[0], 0, all.length - 1)];
    carried.to(lane, carried.half + step[1]);
    speak(carried.words());
  } else if (event.key === 'Enter' || event.key === 'Escape' || event.key === 'Tab') {
    putDown(event.key === 'Enter');
    if (event.key === 'Tab') return;
  } else {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}

function putDown(drops) {
  const moving = carried;
  carried = null;
  moving.source.removeAttribute('aria-pressed');
  if (drops && !moving.stays) {
    speak(`Dropped on ${moving.words()}.`);
    moving.drop();
  } else {
    moving.end();
    speak('Put back.');
  }
}
