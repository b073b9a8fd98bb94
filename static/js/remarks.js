// Remarks beside the sheet: what selects words for one is fetched with the first words. A suggestion is offered as a question.

const form = () => document.querySelector('form[data-remark]');

/** The form stands in the first tab beside the sheet; another one may be open. */
async function withForm() {
  if (!form() && window.htmx) {
    const {pathname} = location;
    await window.htmx.ajax('GET', pathname, {target: '#side', swap: 'outerHTML'});
  }
  return form();
}

/** What was typed as a suggestion stays in the form, to be put as a question. */
function ask(event) {
  const asked = event.target.closest('[data-make-question]');
  if (!asked) return;
  event.preventDefault();
  const {kind, text} = asked.form.elements;
  asked.form.querySelector('select[name="kind"]').value = 'question';
  (text ?? kind).focus();
}

/** A number on the sheet leads to its remark, also while another tab is open beside it. */
async function follow(event) {
  const number = event.target.closest('.pen-n');
  if (!number || document.getElementById(number.hash.slice(1)) || !window.htmx) return;
  event.preventDefault();
  await withForm();
  location.hash = number.hash;
}

/** The marks of a section, where a remark was answered or opened again; not of one that is being written in. */
async function mark({detail}) {
  const section = document.getElementById(`section-${detail.section}`);
  if (!section || section.querySelector('form')) return;
  await window.htmx.ajax('GET', `/a3/sections/${detail.section}/`, {target: section, swap: 'outerHTML'});
  const red = Boolean(document.querySelector(`#section-${detail.section} .pens`));
  document.querySelector(`.map [href="#section-${detail.section}"]`)?.classList.toggle('red', red);
}

/** The first words that are selected outside an editor. */
async function select() {
  const {anchorNode, isCollapsed} = getSelection();
  if (isCollapsed || anchorNode?.parentElement?.closest('a3-editor')) return;
  document.removeEventListener('selectionchange', select);
  (await import('./remarking.js')).make(withForm);
}

if (document.querySelector('[data-remarks]')) document.addEventListener('selectionchange', select);
document.addEventListener('remarks:changed', mark);
document.addEventListener('click', ask);
document.addEventListener('click', follow);
