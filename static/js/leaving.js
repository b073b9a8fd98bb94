// Signing out: what waits is told first, and kept or discarded as the person says. Earlier texts and kept pages go.
import {drop, all, each, person} from './depot.js';

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, attributes);
  element.append(...children);
  return element;
}

const WORDS = {
  keep: 'Keep it here and sign out',
  discard: 'Discard it and sign out',
  stay: 'Stay signed in',
};

/** Ask in a dialog; resolves to "keep", "discard" or "stay". */
function asked(words) {
  const buttons = Object.entries(WORDS).map(([value, text]) => make('button', {className: value === 'keep' ? 'btn primary' : 'btn', value}, text));
  const dialog = make('dialog', {className: 'leaving'},
    make('h2', {id: 'leaving'}, 'Not everything has been sent'),
    make('p', {}, `Written here and not sent yet: ${words}. Kept on this device, nobody else sees it; it is sent when you sign in here again.`),
    make('form', {method: 'dialog', className: 'btns'}, ...buttons));
  dialog.setAttribute('aria-labelledby', 'leaving');
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(ok => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      ok(dialog.returnValue || 'stay');
    });
  });
}

async function discard() {
  for (const name of ['texts', 'photos', 'entries']) for (const {key} of await all(name)) await drop(name, key);
}

/** Let the form sign out, once it is clear what becomes of what waits; `outbox` is {flush, waiting}, which imports this. */
export async function leaving(form, {flush, waiting}) {
  const storage = await Promise.race([flush(), new Promise(ok => { setTimeout(ok, 3000); })]).then(() => true, () => false);
  if (storage) {
    const {words} = await waiting();
    const answer = words ? await asked(words) : 'keep';
    if (answer === 'stay') return;
    if (answer === 'discard') await discard();
    await each('past', () => null);
    await caches.delete(`pages-${person}`);
  }
  form.submit();
}
