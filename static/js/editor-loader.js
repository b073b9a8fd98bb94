// Fetches the editor, and what saves its text, only once a page, or an answer of htmx, holds one; the gauge after the page.
const wanted = () => document.querySelector('a3-toolbar:not(:defined), a3-editor:not(:defined)');

function load() {
  const place = document.querySelector('[data-editor]');
  if (!place || !wanted()) return;
  import(place.dataset.editor);
  import('./autosave.js');
  import('./sight.js');
}

/** What enters a diagram is fetched with the first one. */
async function draw({detail}) {
  try {
    (await import('./figures.js')).enter(detail);
  } catch {
    document.dispatchEvent(new CustomEvent('toast', {detail: 'A diagram needs a connection. Go on writing.'}));
  }
}

/** What adds photos, and shows those that wait, is fetched with the first one; it is kept for writing off line. */
const photos = () => import('./photos.js');

/** Where nothing is written yet, a click on the section begins it. */
function begin(event) {
  event.target.closest('.sec.blank > .rt:not(form)')?.closest('.sec').querySelector('.write')?.click();
}

document.addEventListener('click', begin);
document.addEventListener('a3-editor:figure', draw);
document.addEventListener('a3-editor:photos', async ({detail}) => (await photos()).add(detail));
document.addEventListener('a3-editor:waiting', async ({detail}) => (await photos()).look(detail));
document.addEventListener('htmx:load', load);
load();
if (document.getElementById('fullness')) import('./fullness.js');
