// Photos that are added while writing stand in the text at once, and wait in this browser until the server has them.
import {find, keep} from './depot.js';
import {fits, keyIn, sendPhotos, show, sourceOf} from './outbox.js';

const previews = new Map(); // a waiting photo -> its address in this tab

const say = words => document.dispatchEvent(new CustomEvent('toast', {detail: words}));

async function put(editor, blob) {
  const url = editor.closest('form').dataset.photos;
  if (!url) say('No photos stand in this text.');
  if (!url || !fits(blob)) return;
  const key = crypto.randomUUID();
  await keep('photos', {key, blob, url, at: Date.now()});
  previews.set(key, URL.createObjectURL(blob));
  editor.insertPhoto(sourceOf(key), `Photo in ${editor.label}`);
}

/** Photos that were chosen, pasted, dropped or taken. */
export async function add({editor, photos}) {
  try {
    for (const photo of photos) await put(editor, photo); // they stand in the order they were chosen
    await sendPhotos();
    await show();
  } catch {
    say('The photo was not added: this browser has no room for it. Free some, then add it again.');
  }
}

/** The editor shows a photo that waits: from this tab, from an earlier one, or from where it went meanwhile. */
export async function look({editor, image, src}) {
  const key = keyIn(src);
  const photo = await find('photos', key);
  if (photo?.blob) {
    if (!previews.has(key)) previews.set(key, URL.createObjectURL(photo.blob));
    image.src = previews.get(key);
  } else editor.swapPhoto(src, photo?.to);
}
