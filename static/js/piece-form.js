// One form of a record, in its dialog: what it says, filled and emptied for one piece after the other.
const HIDDEN = ['csrfmiddlewaretoken', 'revision', 'writing', 'step', 'photo'];
const writings = new Map();

const short = text => (text.length > 50 ? `${text.slice(0, 50)} …` : text);

export class Writing {
  /** The form of this name: there is one of each. */
  static of(name) {
    if (!writings.has(name)) writings.set(name, new Writing(name));
    return writings.get(name);
  }

  constructor(name) {
    this.name = name;
    this.dialog = document.getElementById(`write-${name}`);
    this.form = this.dialog.querySelector('form');
    this.thumbs = this.dialog.querySelector('[data-thumbs]');
    this.base = this.form.getAttribute('action');
  }

  /** Show the form for one piece: as it waits here (`entry`), as the server has it (`sent`), or empty. */
  open({key, entry, sent}) {
    const known = sent ? JSON.parse(sent) : null;
    this.key = key;
    this.isSent = Boolean(known);
    this.revision = entry ? null : known?.revision ?? 0;
    this.form.reset();
    for (const [name, value] of Object.entries({seen_at: new Date().toISOString(), ...known, ...entry?.fields})) this.#set(name, value);
    this.first = JSON.stringify(this.fields);
    const refused = this.dialog.querySelector('[data-refused]');
    refused.hidden = !entry?.words;
    refused.textContent = entry?.words ?? '';
    const remove = this.dialog.querySelector('[data-remove]');
    if (remove) remove.hidden = !entry && !known;
    this.dialog.querySelector('[data-discard]').hidden = !entry || !known;
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  get address() {
    return this.name === 'theme' ? this.base : `${this.base}${this.key}/`;
  }

  get fields() {
    return Object.fromEntries([...new FormData(this.form)].filter(([name, value]) => !HIDDEN.includes(name) && typeof value === 'string'));
  }

  get isTouched() {
    return JSON.stringify(this.fields) !== this.first;
  }

  /** Whether any words have been written. */
  get hasSaid() {
    return [...this.form.querySelectorAll('textarea, input[type=text]')].some(input => input.value.trim());
  }

  /** How this piece is called where it waits. */
  get label() {
    const {saw, text, words, theme} = this.fields;
    return short(saw || text || words || theme || this.dialog.querySelector('h2').textContent);
  }

  /** A value as people read it: the words of a choice, a day, a clock. */
  shown(name, value) {
    const field = this.form.elements[name];
    if (field instanceof RadioNodeList) return [...field].find(radio => radio.value === value)?.labels[0]?.textContent.trim() ?? '';
    if (field?.tagName === 'SELECT') return [...field.options].find(option => option.value === value)?.text ?? '';
    if (field?.type === 'date' && value) return new Date(`${value}T12:00`).toLocaleDateString('en-GB', {weekday: 'short', day: 'numeric', month: 'short'}).replace(',', '');
    if (name === 'seen_at') return value ? new Date(value).toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'}) : '';
    return value;
  }

  #set(name, value) {
    const field = this.form.elements[name];
    if (field && !HIDDEN.includes(name)) field.value = value;
  }
}
