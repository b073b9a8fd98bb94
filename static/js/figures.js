// The dialog in which a diagram is entered while writing; how its table works stands in figure-table.js.

const LOST = 'The diagram was not saved: there is no connection. It stays here; try again when there is one.';
const UNREACHED = 'A diagram needs a connection. Go on writing.';
const WORDS = {
  403: 'This was refused. Reload the page and try again.',
  404: 'This sheet is no longer yours to write on.',
  413: 'This is too large to be kept.',
};

let dialog = null;
let asked = null; // {editor, number}: what the dialog is open for
let isChanged = false;

const say = words => document.dispatchEvent(new CustomEvent('toast', {detail: words}));
const tables = () => import(asked.editor.closest('form').dataset.tables);

function made() {
  if (dialog) return dialog;
  dialog = document.createElement('dialog');
  dialog.className = 'figure-dialog entry';
  dialog.setAttribute('aria-labelledby', 'figure-title');
  dialog.addEventListener('click', onClick);
  dialog.addEventListener('submit', onSubmit);
  dialog.addEventListener('input', () => { isChanged = true; });
  dialog.addEventListener('cancel', onEscape);
  dialog.addEventListener('close', () => {
    dialog.remove();
    dialog = null;
    asked.editor.focus();
  });
  document.body.append(dialog);
  return dialog;
}

async function show(html) {
  const {attend} = await tables();
  dialog.innerHTML = html;
  const form = dialog.querySelector('[data-figure-form]');
  if (form) attend(form);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  const first = ['[aria-invalid="true"]', '.entry-table :is(input, textarea, select):not([type="hidden"])', '.kinds a', 'a'];
  first.map(place => dialog.querySelector(place)).find(Boolean)?.focus();
}

async function load(url) {
  isChanged = false;
  const answer = await fetch(url, {headers: {'HX-Request': 'true'}, redirect: 'manual'});
  if (answer.ok) await show(await answer.text());
  else say(WORDS[answer.status] ?? 'This did not work. Reload the page and try again.');
}

function onClick(event) {
  if (event.target === dialog) return; // beside the table: nothing typed is put away by a slip
  if (event.target.closest('[data-close]')) {
    event.preventDefault();
    dialog.close();
    return;
  }
  const link = event.target.closest('.kinds a, [data-load]');
  if (link) {
    event.preventDefault();
    load(link.href).catch(() => say(UNREACHED));
  }
}

/** What was entered is not put away by one key: the second time it is. */
function onEscape(event) {
  if (!isChanged) return;
  event.preventDefault();
  isChanged = false;
  const status = dialog.querySelector('[data-status]');
  if (status) status.textContent = 'Not saved yet. Escape once more puts it away.';
}

async function onSubmit(event) {
  event.preventDefault();
  const form = event.target;
  const buttons = form.querySelectorAll('button');
  const body = new FormData(form, event.submitter);
  buttons.forEach(button => { button.disabled = true; });
  try {
    const answer = await fetch(form.action, {method: 'POST', body, headers: {'HX-Request': 'true'}, redirect: 'manual'});
    if (answer.status === 200) saved(await answer.json());
    else if (answer.status === 422 || answer.status === 409) await show(await answer.text());
    else say(WORDS[answer.status] ?? 'The diagram was not saved. Sign in again in another tab, then save once more.');
  } catch {
    say(LOST);
  } finally {
    buttons.forEach(button => { button.disabled = false; });
  }
}

function saved({number}) {
  const {editor} = asked;
  const isNew = !asked.number;
  dialog.close();
  if (isNew) editor.insertFigure(number);
  else document.dispatchEvent(new CustomEvent('a3-figure:changed', {detail: {number}}));
}

/** Open the dialog for a new diagram, or the one with this number: what an editor asked for. */
export function enter(wish) {
  asked = wish;
  const {editor, number} = asked;
  const base = editor.getAttribute('figures');
  made();
  load(number ? `${base}${number}/edit/` : `${base}new/?section=${editor.closest('form').dataset.section}`).catch(() => say(UNREACHED));
}
