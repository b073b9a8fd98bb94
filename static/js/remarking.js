// Words selected on the sheet: a button beside them starts a remark on them.

const MOST = 500;
const AROUND = 60;
const OFFERED = '.sheet .sec .rt';
const NOT_OFFERED = 'a3-editor, .fig, .clash, .nothing, .asks';

const button = document.createElement('button');

/** The selected words, the section they stand in, and what stands before them; null when there is nothing to remark on. */
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const node = range.commonAncestorContainer;
  const text = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(OFFERED);
  const words = selection.toString().replace(/\s+/g, ' ').trim();
  if (!text || words.length < 2 || words.length > MOST || isElsewhere(range, text)) return null;
  const lead = document.createRange();
  lead.setStart(text, 0);
  lead.setEnd(range.startContainer, range.startOffset);
  return {words, range, section: text.closest('.sec').dataset.section, before: bare(lead).slice(-AROUND)};
}

const isElsewhere = (range, text) => [...text.querySelectorAll(NOT_OFFERED)].some(one => range.intersectsNode(one));

/** The text of a range without the numbers of the pen. */
function bare(range) {
  const copy = range.cloneContents();
  copy.querySelectorAll('.pen-n').forEach(number => number.remove());
  return copy.textContent;
}

function offer() {
  const found = chosen();
  button.hidden = !found;
  if (!found) return;
  const {bottom, left, width} = found.range.getBoundingClientRect();
  const middle = left + width / 2 - button.offsetWidth / 2;
  button.style.top = `${scrollY + bottom + 6}px`;
  button.style.left = `${Math.min(Math.max(middle, 8), innerWidth - button.offsetWidth - 8)}px`;
}

async function start(withForm) {
  const found = chosen();
  button.hidden = true;
  const place = found && await withForm();
  if (!place) return;
  const {section, quote, before, text} = place.elements;
  section.value = found.section;
  quote.value = found.words;
  before.value = found.before;
  getSelection().removeAllRanges();
  text.focus();
}

/** `withForm` finds the form of remarks, or brings it. */
export function make(withForm) {
  button.type = 'button';
  button.className = 'btn s remark-here';
  button.textContent = 'Remark on this';
  button.hidden = true;
  button.addEventListener('mousedown', event => event.preventDefault()); // the selection stays
  button.addEventListener('click', () => start(withForm));
  document.body.append(button);
  document.addEventListener('selectionchange', offer);
  document.addEventListener('scroll', offer, {capture: true, passive: true});
  offer();
}
