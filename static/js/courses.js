/* An offering opens beside the list where there is room for both; elsewhere the link simply goes to its page. */
const roomForBoth = matchMedia('(min-width: 1321px)');
const beside = document.getElementById('beside');

document.addEventListener('htmx:confirm', event => {
  const link = event.target.closest('[data-beside]');
  if (link && !roomForBoth.matches) {
    event.preventDefault();
    location.href = link.href;
  }
});

document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target !== beside) return;
  mark(event.detail.requestConfig.elt.closest('.off'));
  beside.querySelector('.offer').focus();
});

document.addEventListener('click', event => {
  if (!event.target.closest('[data-put-away]') || !beside) return;
  event.preventDefault();
  beside.replaceChildren();
  const row = mark(null);
  row?.querySelector('a').focus();
});

/* Mark the open row, and return the one that was open before. */
function mark(row) {
  const before = document.querySelector('.off[aria-current]');
  before?.removeAttribute('aria-current');
  row?.setAttribute('aria-current', 'true');
  return before;
}
