// The line that is written stays in sight: the tools stick to the lower edge of the window, over the text.

const AIR = 12; // px between the line and the tools

/** Where the cursor stands: in a text, or in a line without one, which is a box of its own. Nothing for a diagram. */
function cursor() {
  const {focusNode, focusOffset, isCollapsed} = getSelection();
  if (!isCollapsed || !focusNode?.parentElement?.closest('a3-editor')) return null;
  if (focusNode.nodeName === 'P') return focusNode.getBoundingClientRect();
  const range = document.createRange();
  range.setStart(focusNode, focusOffset);
  return range.getClientRects()[0];
}

function keepInSight() {
  const tools = document.querySelector('a3-toolbar')?.getBoundingClientRect();
  const line = cursor();
  const hidden = tools && line ? line.bottom + AIR - tools.top : 0;
  if (hidden > 0) scrollBy({top: hidden, behavior: 'instant'});
}

document.addEventListener('a3-editor:change', () => requestAnimationFrame(keepInSight));
