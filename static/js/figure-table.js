// The table in which a diagram is entered: rows by keys and buttons, cells pasted from a spreadsheet, a drawing that
// follows. Without scripts the same buttons ask the server.

const PAUSE = 500; // ms without typing, then it is drawn again
const FIELD = 'input:not([type="hidden"]), textarea, select';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Cells of text copied from a spreadsheet: tabs between, quoted where they hold tabs, lines or quotes. */
export function cellsOf(text) {
  const rows = [[]];
  const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  const clean = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  while (cell.lastIndex <= clean.length) {
    const [, quoted, plain] = cell.exec(clean);
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\s+/g, ' ').trim());
    const divider = clean[cell.lastIndex];
    if (divider === undefined) break;
    if (divider === '\n') rows.push([]);
    cell.lastIndex += 1;
  }
  return rows;
}

const iso = (year, month, day) => {
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found.toISOString().slice(0, 10) : '';
};

/** A date as people write it, as 2026-11-22; "" when it cannot be told. 3/4/2026 is read as the browser's language does. */
export function dateOf(text, language = navigator.language) {
  let match = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})/.exec(text);
  if (match) return iso(+match[1], +match[2], +match[3]);
  match = /^(?:[a-z]+,? )?(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})$/i.exec(text);
  if (match) return iso(+match[3], MONTHS.indexOf(match[2].toLowerCase()) + 1, +match[1]);
  match = /^(?:[a-z]+,? )?([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i.exec(text);
  if (match) return iso(+match[3], MONTHS.indexOf(match[1].toLowerCase()) + 1, +match[2]);
  match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!match) return '';
  const isMonthFirst = match[2] === '/' && (+match[3] > 12 || (language === 'en-US' && +match[1] <= 12));
  return isMonthFirst ? iso(+match[4], +match[1], +match[3]) : iso(+match[4], +match[3], +match[1]);
}

/** Put text into a field; returns whether it took it. */
function fill(field, text) {
  if (field.type === 'checkbox') {
    field.checked = /^(yes|y|x|true|1|✓)$/i.test(text);
    return true;
  }
  if (field.tagName === 'SELECT') {
    const option = [...field.options].find(({value, text: words}) => [value, words].some(each => each.toLowerCase() === text.toLowerCase()));
    field.value = option?.value ?? '';
    return Boolean(option) || !text;
  }
  field.value = field.type === 'date' ? dateOf(text) : text;
  return Boolean(field.value) || !text;
}

class FigureTable {
  #timer = 0;

  #made = 0;

  constructor(form) {
    this.form = form;
    this.body = form.querySelector('.entry-table tbody');
    this.template = form.querySelector('template');
    this.status = form.querySelector('[data-status]');
    this.drawn = form.querySelector('[data-drawn]');
    form.addEventListener('click', event => this.#click(event));
    form.addEventListener('keydown', event => this.#key(event));
    form.addEventListener('paste', event => this.#paste(event));
    form.addEventListener('input', event => this.#changed(event));
  }

  get rows() {
    return [...this.body.rows];
  }

  add() {
    if (this.rows.length >= Number(this.form.dataset.most)) {
      this.say(`This diagram holds ${this.form.dataset.most} rows at most.`);
      return null;
    }
    let key;
    do key = `new${this.#made += 1}`; while (this.body.querySelector(`[data-row="${key}"]`));
    const holder = document.createElement('template');
    holder.innerHTML = this.template.innerHTML.replaceAll('__key__', key);
    this.body.append(holder.content.firstElementChild);
    this.#count();
    return this.rows.at(-1);
  }

  say(words) {
    this.status.textContent = words;
  }

  #fields(row) {
    return [...row.querySelectorAll(FIELD)];
  }

  #count() {
    this.rows.forEach((row, at) => row.querySelectorAll('.n').forEach(n => { n.textContent = at + 1; }));
  }

  #click(event) {
    const button = event.target.closest('button[name="do"]');
    const [verb] = button?.value.split(':') ?? [];
    if (!['add', 'up', 'down', 'away'].includes(verb)) return;
    event.preventDefault();
    if (verb === 'add') {
      const row = this.add();
      if (row) this.#fields(row)[0].focus();
    } else this.#rearrange(button.closest('tr'), verb, button);
    this.#soon();
  }

  #rearrange(row, verb, button) {
    const at = this.rows.indexOf(row);
    if (verb === 'away') {
      row.remove();
      const left = this.rows[at] ?? this.rows.at(-1) ?? this.add();
      this.#fields(left)[0].focus();
      this.say(`Row ${at + 1} is taken out.`);
    } else {
      const other = this.rows[verb === 'up' ? at - 1 : at + 1];
      if (!other) return;
      if (verb === 'up') other.before(row);
      else other.after(row);
      button?.focus();
      this.say(`Now row ${this.rows.indexOf(row) + 1} of ${this.rows.length}.`);
    }
    this.#count();
    this.form.dispatchEvent(new Event('input', {bubbles: true}));
  }

  /** Enter: the cell below, in the last row a new one. Alt and arrows move the row, arrows go up and down. */
  #key(event) {
    const row = event.target.closest?.('.entry-table tbody tr');
    if (!row || !event.target.matches(FIELD) || event.isComposing) return;
    const at = this.rows.indexOf(row);
    const column = this.#fields(row).indexOf(event.target);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit();
      return;
    }
    const step = {ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1}[event.key];
    if (!step || event.ctrlKey || event.metaKey) return;
    if (event.key !== 'Enter' && event.altKey) {
      event.preventDefault();
      this.#rearrange(row, step < 0 ? 'up' : 'down', event.target);
      this.#soon();
      return;
    }
    if (event.key !== 'Enter' && (event.target.tagName === 'SELECT' || event.target.type === 'date' || event.target.list)) return;
    const next = this.rows[at + step] ?? (event.key === 'Enter' && step > 0 ? this.add() : null);
    event.preventDefault();
    if (next) this.#fields(next)[column].focus();
  }

  /** Several cells fill the table from where one is; from its first cell when that is not in the table. */
  #paste(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const here = event.target.closest?.('.entry-table tbody tr');
    const isDate = here && event.target.type === 'date';
    const isCells = (here ? /[\t\n]/ : /\t/).test(text.trimEnd());
    if (!event.target.matches(FIELD) || !(isDate || isCells)) return;
    event.preventDefault();
    const cells = cellsOf(text);
    const column = here ? this.#fields(here).indexOf(event.target) : 0;
    const from = here ? this.rows.indexOf(here) : 0;
    let refused = 0;
    for (const [down, line] of cells.entries()) {
      const row = this.rows[from + down] ?? this.add();
      if (!row) break;
      const fields = this.#fields(row).slice(column);
      refused += line.filter((words, along) => fields[along] && !fill(fields[along], words)).length;
    }
    const told = refused ? ` ${refused} cell${refused > 1 ? 's were' : ' was'} not understood and stayed empty.` : '';
    this.say(`${cells.length} row${cells.length > 1 ? 's' : ''} pasted.${told}`);
    this.form.dispatchEvent(new Event('input', {bubbles: true}));
  }

  #changed(event) {
    this.form.querySelector('.errorlist.nonfield')?.remove();
    if (event.target.matches?.('[aria-invalid]')) {
      document.getElementById(event.target.getAttribute('aria-describedby'))?.remove();
      event.target.removeAttribute('aria-invalid');
      event.target.removeAttribute('aria-describedby');
    }
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.draw(), PAUSE);
  }

  /** Ask the server for the drawing of what stands here; an older answer than the last question is dropped. */
  async draw() {
    const asked = this.asked = {};
    try {
      const answer = await fetch(this.form.dataset.preview, {method: 'POST', body: new FormData(this.form), redirect: 'manual'});
      const html = [200, 422].includes(answer.status) ? await answer.text() : '';
      if (this.asked !== asked || !this.form.isConnected || !html) return;
      this.drawn.innerHTML = html;
    } catch {
      // no connection: the last drawing stays
    }
  }
}

export function attend(form) {
  if (!form.dataset.attended) new FigureTable(form);
  form.dataset.attended = 'yes';
}

document.querySelectorAll('[data-figure-form]').forEach(attend);
