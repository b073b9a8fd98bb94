// Keeps the photos that are added while writing, then puts each where the cursor stands.

const LOST = 'The photo was not added: there is no connection. Try again when there is one.';

const say = words => document.dispatchEvent(new CustomEvent('toast', {detail: words}));

async function keep(editor, photo) {
  const form = editor.closest('form');
  const data = new FormData();
  data.append('photo', photo);
  data.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.dataset.photos, {method: 'POST', body: data, redirect: 'manual'});
  if (answer.status === 201) {
    const {src} = await answer.json();
    editor.insertPhoto(src, `Photo in ${editor.label}`);
  } else if (answer.status === 422) say(await answer.text());
  else if (answer.status === 413) say('This photo is larger than 15 MB. Save it smaller, then add it again.');
  else say('The photo was not added. Reload the page, then add it again.');
}

document.addEventListener('a3-editor:photos', async event => {
  const {editor, photos} = event.detail;
  for (const photo of photos) {
    try {
      await keep(editor, photo); // one after the other: they stand in the order they were chosen
    } catch {
      say(LOST);
    }
  }
});
