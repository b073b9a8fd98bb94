// How full the paper is: asked again after each save, shown at the top of the page and in the section being written.
// While a save has not been measured the old gauge is dimmed; when nobody measures (no worker runs) it goes away.
const PAUSE = 1500; // ms after a save, so that a burst of saves is one question
const EVERY = 1500;
const PATIENCE = 14; // questions
const form = document.getElementById('fullness');
const state = document.getElementById('save-state');
let timer = 0;
let asked = 0;

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

function ask() {
  if (!navigator.onLine) return;
  asked += 1;
  htmx.trigger(form, 'fullness');
}

/** In the section being written stands what is left of its half. */
function place() {
  const editor = document.querySelector('.sec a3-editor');
  if (!editor) return;
  const section = editor.closest('.sec');
  const found = form.querySelector(`[data-full="${section.dataset.section}"]`);
  let words = section.querySelector('.sec-full');
  if (!words) {
    words = document.createElement('p');
    words.className = 'sec-full';
    words.setAttribute('role', 'status');
    editor.after(words);
  }
  const text = found?.textContent ?? '';
  if (words.textContent !== text) words.textContent = text;
  words.dataset.tone = found?.dataset.tone ?? '';
}

function measured() {
  form.classList.remove('old');
  asked = 0;
  place();
}

function notYet({detail: {xhr}}) {
  if (xhr.status !== 204) return;
  form.classList.add('old');
  if (asked < PATIENCE) soon(EVERY);
  else form.querySelector('#gauge').replaceChildren();
}

if (form && state) {
  new MutationObserver(() => {
    if (!state.textContent.trim().startsWith('Saved')) return;
    asked = 0;
    soon(PAUSE);
  }).observe(state, {childList: true, subtree: true, characterData: true});
  for (const what of ['htmx:sendError', 'htmx:responseError']) form.addEventListener(what, event => event.stopPropagation());
  form.addEventListener('htmx:afterSettle', measured);
  form.addEventListener('htmx:afterRequest', notYet);
  document.addEventListener('htmx:load', place);
  if (form.querySelector('#gauge[data-waiting]')) soon(PAUSE);
}
