// Saves a section while it is written: in words at the top of the page, again and again while there is no connection.
// What is not yet acknowledged by the server also stands in this browser's storage, so that closing loses nothing.

const PAUSE = 800; // ms without typing
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const PATIENCE = 15000;
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

/** The text as it stands in this browser until the server has it. */
class Draft {
  constructor(name) {
    this.key = `draft:${name}`;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  keep(body, revision) {
    try {
      localStorage.setItem(this.key, JSON.stringify({body, revision}));
    } catch {
      // storage is full or forbidden: the server's copy has to do
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // as above
    }
  }
}

class Writing {
  #timer = 0;

  #tries = 0;

  #sending = null;

  constructor(form) {
    this.form = form;
    this.editor = form.querySelector('a3-editor');
    this.draft = new Draft(form.dataset.autosave);
    this.revision = form.elements.revision.value;
    this.saved = this.body = this.editor.value;
    this.name = crypto.randomUUID(); // by name and step the server knows a text again whose answer was lost
    this.step = 0;
    this.#restore();
    form.addEventListener('input', () => this.#changed());
    form.addEventListener('submit', event => {
      if (event.submitter?.hasAttribute('formaction')) return;
      event.preventDefault();
      this.close();
    });
    this.editor.addEventListener('a3-editor:done', () => this.close());
  }

  get isWaiting() {
    return this.body !== this.saved;
  }

  /** Send what waits; resolves when the server has answered. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#sending) await this.#sending;
    if (!this.isWaiting) return;
    this.#sending = this.#send();
    await this.#sending;
    this.#sending = null;
  }

  /** Save, then show the section as it reads. Stays open when saving did not work. */
  async close() {
    await this.flush();
    if (this.isWaiting || !this.form.isConnected) return;
    open.delete(this);
    const section = this.form.closest('.sec');
    if (!section) {
      location.assign(this.form.dataset.read);
      return;
    }
    await htmx.ajax('GET', this.form.dataset.read, {target: section, swap: 'outerHTML'});
    clearTools();
    document.querySelector(`#${section.id} .write`)?.focus();
  }

  #restore() {
    const kept = this.draft.read();
    if (!kept) return;
    if (kept.body === this.body) {
      this.draft.forget();
      return;
    }
    this.body = this.editor.value = kept.body;
    this.revision = kept.revision; // an old one: the server shows both texts
    tell('Not saved: text kept in this browser, sending it', 'wait');
    this.#soon(0);
  }

  #changed() {
    this.body = this.editor.value; // never read later: an editor that left the page is empty
    this.draft.keep(this.body, this.revision);
    this.#tries = 0;
    tell('Saving …', 'wait');
    this.#soon(PAUSE);
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #again(words) {
    tell(words, 'bad');
    this.#soon(RETRIES[Math.min(this.#tries, RETRIES.length - 1)]);
    this.#tries += 1;
  }

  async #send() {
    const {body} = this;
    const data = new URLSearchParams({
      body, revision: this.revision, writing: this.name, step: this.step += 1, csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value,
    });
    try {
      const answer = await fetch(this.form.action, {
        method: 'POST', body: data, headers: {'X-Autosave': '1'}, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE),
      });
      await this.#answered(answer, body);
    } catch {
      this.#again('Not saved: no connection, trying again');
    }
  }

  async #answered(answer, body) {
    if (answer.status === 200) this.#acknowledged(await answer.json(), body);
    else if (answer.status === 409) this.#clash(await answer.text());
    else if (answer.status === 422) tell(`Not saved: ${await answer.text()}`, 'bad');
    else if (answer.status === 404) tell('Not saved: this sheet is no longer yours to write on', 'bad');
    else if (answer.type === 'opaqueredirect') this.#again('Not saved: you are signed out. Sign in again in another tab');
    else if (answer.status === 403) tell('Not saved: reload the page. Your text is kept in this browser', 'bad');
    else this.#again('Not saved: the server does not answer, trying again');
  }

  #acknowledged({revision, words}, body) {
    this.revision = revision;
    this.#tries = 0;
    this.saved = body;
    if (this.isWaiting) {
      this.draft.keep(this.body, revision);
      this.#soon(0);
      return;
    }
    this.draft.forget();
    tell(words);
  }

  /** Somebody saved in between: both texts, and three ways on. The draft stays until one is chosen. */
  #clash(html) {
    open.delete(this);
    const holder = document.createElement('template');
    holder.innerHTML = html;
    const panel = holder.content.firstElementChild;
    this.form.replaceWith(panel);
    htmx.process(panel);
    clearTools();
    tell('Not saved: choose which text stays', 'bad');
    panel.querySelector('button').focus();
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

document.addEventListener('htmx:beforeSwap', event => {
  const clash = event.detail.target.closest('[data-clash]');
  if (clash && event.detail.xhr.status === 200) {
    new Draft(clash.dataset.clash).forget();
    tell('Saved');
  }
});
addEventListener('online', () => open.forEach(writing => writing.flush()));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') open.forEach(writing => writing.flush());
});
addEventListener('beforeunload', event => {
  if ([...open].some(writing => writing.isWaiting && writing.form.isConnected)) event.preventDefault();
});
