// Fetches the editor only once a page, or an answer of htmx, holds one: <a3-toolbar> says where it lives.
const wanted = () => document.querySelector('a3-toolbar:not(:defined), a3-editor:not(:defined)');

function load() {
  const place = document.querySelector('[data-editor]');
  if (place && wanted()) import(place.dataset.editor);
}

document.addEventListener('htmx:load', load);
load();
