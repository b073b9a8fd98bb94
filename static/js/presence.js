// Tells every few seconds, while the page is in view, who has this sheet open and in which section; shows who else does.
const EVERY = 15000;
const form = document.getElementById('presence');
let last = '';

function tell() {
  if (document.hidden || !navigator.onLine) return;
  const editor = document.querySelector('.sec a3-editor');
  form.elements.section.value = editor?.closest('.sec').dataset.section ?? last;
  form.elements.is_writing.value = editor ? 'on' : '';
  htmx.trigger(form, 'presence');
}

/** Beside each section stands who is in it. */
function place() {
  document.querySelectorAll('.sec .other').forEach(old => old.remove());
  for (const other of form.querySelectorAll('[data-section]')) {
    const beside = document.querySelector(`[data-section="${other.dataset.section}"] .marks`);
    const copy = other.cloneNode(true);
    copy.querySelector('.vh').className = 'words';
    beside?.prepend(copy);
  }
}

function notice(event) {
  const {section} = event.target.closest?.('.sec')?.dataset ?? {};
  if (section) last = section;
}

if (form) {
  for (const what of ['pointerdown', 'focusin']) document.addEventListener(what, notice);
  for (const what of ['htmx:sendError', 'htmx:responseError']) form.addEventListener(what, event => event.stopPropagation());
  form.addEventListener('htmx:afterSettle', place);
  document.addEventListener('visibilitychange', tell);
  setInterval(tell, EVERY);
  tell();
}
