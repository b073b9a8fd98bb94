// Saves a section while it is written, and says in words how it stands. What the server has not acknowledged stands in
// this browser (outbox.js), so that a dead battery or a day off line loses nothing.
import {all, drop, keep} from './depot.js';
import {hold, keyIn, postText, sendPhotos, settled, show, swapped} from './outbox.js';
import {Past} from './past.js';

const PAUSE = 800; // ms without typing
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const state = document.getElementById('save-state');
const open = new Set();

/** Tell how it stands: tone is "" (saved), "wait" or "bad". */
function tell(words, tone = '') {
  if (!state) return;
  state.className = `save ${tone}`;
  state.querySelector('use')?.setAttribute('href', `${sprite()}#${tone ? 'cloud-off' : 'cloud-check'}`);
  const text = state.querySelector('span') ?? state.appendChild(document.createElement('span'));
  if (text.textContent !== words) text.textContent = words;
}

const sprite = () => document.getElementById('toasts')?.dataset.icons ?? '';

/**
 * A text of this section that an editor left behind which is gone now: its record, and what lets it go again. First
 * comes what the outbox is just sending.
 */
const leftBehind = section => navigator.locks.request('texts', async () => {
  for (const text of await all('texts').catch(() => [])) {
    const release = text.section === section && await hold(text.key);
    if (release) return {text, release};
  }
  return null;
});

class Writing {
  #timer = 0;

  #tries = 0;

  #isLate = false; // it could not be sent when it was due

  #sending = null;

  #keeping = Promise.resolve();

  #isKept = true;

  #words = state?.textContent.trim() || 'Saved'; // when nothing waits

  constructor(form) {
    this.form = form;
    this.editor = form.querySelector('a3-editor');
    this.section = form.dataset.autosave;
    this.revision = form.elements.revision.value;
    this.key = crypto.randomUUID(); // by key and step the server knows a text again whose answer was lost
    this.step = 0;
    this.stuck = 0;
    this.saved = this.editor.first;
    this.body = this.editor.value;
    this.past = new Past(this.section);
    this.ready = this.#begin();
    form.addEventListener('input', () => this.#changed());
    form.addEventListener('submit', event => {
      if (event.submitter?.hasAttribute('formaction')) return;
      event.preventDefault();
      this.close();
    });
    this.editor.addEventListener('a3-editor:done', () => this.close());
    this.editor.addEventListener('a3-editor:past', event => this.#goBack(event.detail));
  }

  get isWaiting() {
    return this.body !== this.saved;
  }

  get isInDanger() {
    return this.isWaiting && !this.#isKept;
  }

  /** Send what waits; resolves when the server has answered, or has not. */
  async flush() {
    clearTimeout(this.#timer);
    await this.ready;
    while (this.#sending) await this.#sending;
    this.past.note(this.body);
    if (!this.isWaiting) {
      tell(this.#words); // what was typed was taken back
      return;
    }
    this.#sending = this.#send();
    await this.#sending;
    this.#sending = null;
  }

  /** Save, then show the section as it reads. What cannot be sent now waits; what was refused stays open. */
  async close() {
    await this.flush();
    if (this.stuck || !this.form.isConnected) return;
    this.leave();
    const section = this.form.closest('.sec');
    if (!section) location.assign(this.form.dataset.read);
    else if (this.isWaiting) this.#showHere();
    else await htmx.ajax('GET', this.form.dataset.read, {target: section, swap: 'outerHTML'});
    clearTools();
    document.querySelector(`#${section?.id} .write`)?.focus();
  }

  /** Let another editor, or the outbox, send what is left. */
  async leave() {
    open.delete(this);
    clearTimeout(this.#timer); // who sends the rest now is alone in that
    await this.#keeping;
    this.release?.();
  }

  swap(change) {
    this.editor.swapPhoto(change.from, change.to);
    this.past.swap(body => swapped(body, change));
  }

  async #begin() {
    this.release = await hold(this.key); // first: what is typed from now on must not look left behind
    const left = await leftBehind(this.section);
    const body = left && await settled(left.text.body).catch(() => left.text.body);
    await this.past.load();
    this.#catchUp();
    this.past.note(this.body);
    if (!left || this.isWaiting) {
      left?.release(); // the outbox sends that one; the server shows both texts
      if (this.isWaiting) this.#changed(); // typed before this module was ready
      return;
    }
    this.release();
    this.release = left.release;
    Object.assign(this, {key: left.text.key, step: left.text.step, revision: left.text.revision}); // an old one: the server shows both texts
    this.body = this.editor.value = body;
    this.past.note(this.body);
    this.#mirror();
    tell('Not sent yet: sending what you wrote here earlier', 'wait');
    this.#soon(0);
  }

  /** The page may be an older copy, kept for when there is no connection. */
  #catchUp() {
    const {revision, body} = this.past.saved;
    if (revision <= Number(this.revision) || this.isWaiting) return;
    this.revision = revision;
    this.saved = this.body = this.editor.value = body;
  }

  #changed() {
    this.body = this.editor.value; // never read later: an editor that left the page is empty
    this.#mirror();
    this.#tries = this.stuck = 0;
    tell('Saving …', 'wait');
    this.#soon(PAUSE);
  }

  #goBack(by) {
    this.past.note(this.body);
    const body = this.past.go(by);
    if (body === undefined) return;
    this.editor.value = body;
    this.#changed();
  }

  /** Keep in this browser what the server does not have, and nothing else. */
  #mirror() {
    this.#keeping = this.#keeping.then(() => (this.isWaiting ? keep('texts', this.#record()) : drop('texts', this.key)))
      .then(() => { this.#isKept = true; }, () => { this.#isKept = false; });
  }

  #record() {
    const {key, step, section, revision, body, stuck, form} = this;
    const place = form.closest('.sec') ? `${location.pathname}#section-${section}` : location.pathname;
    return {key, step, section, revision, body, stuck, words: this.why, isLate: this.#isLate, url: form.action, place, name: this.editor.label, at: Date.now()};
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #again(words) {
    if (this.#isKept) tell(words, 'wait');
    else tell('Not saved: keep this page open', 'bad');
    this.#soon(RETRIES[Math.min(this.#tries, RETRIES.length - 1)]);
    this.#tries += 1;
    this.#isLate = true;
    this.#mirror();
    this.#keeping.then(show);
  }

  async #send() {
    if (keyIn(this.body)) await this.#settlePhotos();
    if (keyIn(this.body)) {
      this.#again('Not sent yet: waiting for a connection');
      return;
    }
    const {body} = this;
    this.step += 1;
    const answer = await postText(this.#record());
    await this.#answered(answer, body);
  }

  async #settlePhotos() {
    await sendPhotos().catch(() => {});
    const body = await settled(this.body).catch(() => this.body);
    if (body === this.body) return;
    this.body = this.editor.value = body;
    this.#mirror();
  }

  async #answered(answer, body) {
    if (answer.status === 200) this.#acknowledged(await answer.json(), body);
    else if (answer.status === 409) this.#clash(await answer.text());
    else if (answer.status === 422) this.#refused(422, `Not saved: ${await answer.text()}`);
    else if (answer.status === 404) this.#refused(404, 'Not saved: this sheet is no longer yours to write on');
    else if (answer.type === 'opaqueredirect') this.#again('Not sent yet: you are signed out. Sign in again in another tab');
    else if (answer.status === 403) this.#refused(0, 'Not sent yet: reload the page. Your text is kept here');
    else if (answer.status) this.#again('Not sent yet: the server does not answer, trying again');
    else this.#again('Not sent yet: waiting for a connection');
  }

  #refused(status, words) {
    this.stuck = status;
    this.why = status === 422 ? words.slice('Not saved: '.length) : '';
    this.#mirror();
    this.#keeping.then(show);
    tell(words, 'bad');
  }

  #acknowledged({revision, words}, body) {
    this.revision = revision;
    this.#tries = 0;
    this.#isLate = false;
    this.saved = body;
    this.#words = words;
    this.past.acknowledge(revision, body);
    this.#mirror();
    if (this.isWaiting) this.#soon(0);
    else tell(words);
    this.#keeping.then(show);
    this.form.dispatchEvent(new CustomEvent('sheet:saved', {bubbles: true}));
  }

  /** Somebody saved in between: both texts, and three ways on. Mine is kept until one is chosen, and in the past for ever. */
  #clash(html) {
    open.delete(this);
    const holder = document.createElement('template');
    holder.innerHTML = html;
    const panel = holder.content.firstElementChild;
    panel.addEventListener('htmx:beforeSwap', event => {
      if (event.detail.xhr.status !== 200) return;
      this.saved = this.body;
      this.#mirror();
      this.leave().then(show);
      tell('Saved');
    });
    this.form.replaceWith(panel);
    htmx.process(panel);
    clearTools();
    tell('Not saved: choose which text stays', 'bad');
    panel.querySelector('button').focus();
  }

  /** Off line: the section as it was written, until the server can show it. */
  #showHere() {
    const text = document.createElement('div');
    text.className = 'rt unsent';
    text.id = this.form.id;
    text.append(...this.editor.copy().childNodes);
    this.form.replaceWith(text);
  }
}

function clearTools() {
  const tools = document.getElementById('tools');
  if (tools && !document.querySelector('a3-editor')) tools.replaceChildren();
}

async function attend() {
  if (!document.querySelector('form[data-autosave]')) return;
  await customElements.whenDefined('a3-editor');
  for (const form of document.querySelectorAll('form[data-autosave]:not([data-attended])')) {
    form.dataset.attended = 'yes';
    open.add(new Writing(form));
  }
}

document.addEventListener('htmx:load', attend);
attend();

document.addEventListener('outbox:photo', event => open.forEach(writing => writing.swap(event.detail)));
addEventListener('online', () => open.forEach(writing => writing.flush()));
document.addEventListener('visibilitychange', () => {
  if (document.hidden) open.forEach(writing => writing.flush());
});
addEventListener('beforeunload', event => {
  if ([...open].some(writing => writing.isInDanger)) event.preventDefault();
});
