// The verbs of the editor, by name: what the toolbar's buttons and the keys do.
import {baseKeymap, chainCommands, exitCode, toggleMark} from 'prosemirror-commands';
import {history, redo, undo} from 'prosemirror-history';
import {inputRules, wrappingInputRule} from 'prosemirror-inputrules';
import {keymap} from 'prosemirror-keymap';
import {liftListItem, sinkListItem, splitListItem, wrapInList} from 'prosemirror-schema-list';
import {NodeSelection, Plugin, TextSelection} from 'prosemirror-state';
import {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, tableEditing,
} from 'prosemirror-tables';

import {schema} from './schema.js';

const {nodes, marks} = schema;

/** The list around the selection, if any: its node type. */
export function listAround(state) {
  const {$from} = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const {type} = $from.node(depth);
    if (type === nodes.bullet_list || type === nodes.ordered_list) return type;
    if (type === nodes.table) return null;
  }
  return null;
}

/** A diagram, a photo or a table: a block in which, or around which, the cursor has no line of its own. */
const standsAlone = node => [nodes.figure, nodes.photo, nodes.table].includes(node?.type);

export const isBlankLine = node => node?.type === nodes.paragraph && node.childCount === 0;

/** The diagram or photo that is selected as a whole. */
const blockSelected = ({selection: {node}}) => (node && standsAlone(node) ? node : null);

/** With a diagram or photo selected: the cursor on a blank line below it, so that nothing typed takes its place. */
export function lineBelow({selection, doc, tr}) {
  const {to} = selection;
  if (!isBlankLine(doc.resolve(to).nodeAfter)) tr.insert(to, nodes.paragraph.create());
  return tr.setSelection(TextSelection.create(tr.doc, to + 1));
}

/** A change that puts a block on the blank line where the cursor stands, or behind what it stands in, which stays whole. */
export function placed({selection: {$to}, tr}, block) {
  const isOnBlankLine = isBlankLine($to.node(1));
  const [from, to] = $to.depth ? [isOnBlankLine ? $to.before(1) : $to.after(1), $to.after(1)] : [$to.pos, $to.pos];
  return {change: tr.replaceWith(from, to, block), at: from};
}

/** Runs a command below the diagram or photo that is selected, if one is. */
const below = command => (state, dispatch, view) => {
  if (!blockSelected(state)) return command(state, dispatch, view);
  const tr = lineBelow(state);
  return command(state.apply(tr), dispatch && (() => {
    dispatch(tr);
    command(view.state, dispatch, view);
  }), view);
};

/** Text that is typed over a selected diagram or photo goes below it. */
export function typedBelow(view, text) {
  if (!blockSelected(view.state)) return false;
  view.dispatch(lineBelow(view.state).insertText(text).scrollIntoView());
  return true;
}

/** Above a diagram, photo or table that begins the text, a line to write on. */
function lineAbove(state, dispatch, view) {
  const {$from} = state.selection;
  const isFirst = $from.index(0) === 0 && standsAlone(state.doc.firstChild);
  const isOnTop = $from.depth === 0 || ($from.index(1) === 0 && view?.endOfTextblock('up'));
  if (!isFirst || !isOnTop) return false;
  const tr = state.tr.insert(0, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, 1)).scrollIntoView());
  return true;
}

/** One can always write on below what stands alone: a blank line ends the text there, which is not kept. */
export const ended = doc => (standsAlone(doc.lastChild) ? doc.copy(doc.content.addToEnd(nodes.paragraph.create())) : doc);
const lastLine = new Plugin({
  appendTransaction: (_changes, _before, {doc, tr}) => (standsAlone(doc.lastChild) ? tr.insert(doc.content.size, nodes.paragraph.create()) : null),
});

const toggleList = type => below((state, dispatch) => (
  listAround(state) === type
    ? liftListItem(nodes.list_item)(state, dispatch)
    : wrapInList(type)(state, dispatch)
));

const row = (type, width) => nodes.table_row.create(null, Array.from({length: width}, () => type.createAndFill()));

function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  if (dispatch) {
    const head = row(nodes.table_header, 3);
    const table = nodes.table.create(null, [head, row(nodes.table_cell, 3), row(nodes.table_cell, 3)]);
    const {change, at} = placed(state, table);
    dispatch(change.setSelection(TextSelection.near(change.doc.resolve(at + 1))).scrollIntoView());
  }
  return true;
}

/** In the last cell Tab begins a new row; in a row that is still blank it leaves the table, so that nobody is kept in. */
function nextRow(state, dispatch, view) {
  if (!isInTable(state)) return false;
  const {$from} = state.selection;
  const depth = [...Array($from.depth + 1).keys()].find(each => $from.node(each).type === nodes.table);
  const isLast = $from.index(depth) === $from.node(depth).childCount - 1;
  if (!isLast || !$from.node(depth + 1).textContent.trim()) return false;
  addRowAfter(state, dispatch);
  if (dispatch) goToNextCell(1)(view.state, dispatch);
  return true;
}

const breakLine = chainCommands(exitCode, below((state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}));

/** The photo that is selected, if one is. */
export const photoIn = state => (state.selection.node?.type === nodes.photo ? state.selection.node : null);

/** Say in words what the selected photo shows. */
export const describe = alt => (state, dispatch) => {
  const {from} = state.selection;
  const change = state.tr.setNodeAttribute(from, 'alt', alt);
  dispatch?.(change.setSelection(NodeSelection.create(change.doc, from)));
  return true;
};

/** Give the selection this address, or take the link away when it is null. */
export const setLink = href => (state, dispatch) => {
  const {from, to, empty, $from} = linkRange(state);
  if (empty && !marks.link.isInSet($from.marks())) return false;
  const change = state.tr.removeMark(from, to, marks.link);
  if (href) change.addMark(from, to, marks.link.create({href}));
  dispatch?.(change);
  return true;
};

/** The selection, widened to the whole link when the cursor only stands in one. */
function linkRange(state) {
  const {from, to, empty, $from} = state.selection;
  const link = marks.link.isInSet($from.marks());
  if (!empty || !link) return {from, to, empty, $from};
  const {parent} = $from;
  const start = $from.start();
  let range = {from, to};
  parent.forEach((child, offset) => {
    const begins = start + offset;
    if (link.isInSet(child.marks) && begins <= from && begins + child.nodeSize >= to) range = {from: begins, to: begins + child.nodeSize};
  });
  return {...range, empty, $from};
}

/** Undo and redo what was typed here, then go on in what the page remembers of earlier. */
const remembered = by => (_state, dispatch, view) => {
  if (dispatch) view.dom.dispatchEvent(new CustomEvent('a3-editor:past', {bubbles: true, detail: by}));
  return true;
};
const back = chainCommands(undo, remembered(-1));
const forth = chainCommands(redo, remembered(1));

export const commands = {
  bold: toggleMark(marks.strong),
  italic: toggleMark(marks.em),
  bullets: toggleList(nodes.bullet_list),
  numbers: toggleList(nodes.ordered_list),
  table: below(insertTable),
  rowAfter: addRowAfter,
  columnAfter: addColumnAfter,
  rowAway: deleteRow,
  columnAway: deleteColumn,
  tableAway: deleteTable,
  undo: back,
  redo: forth,
};

/** The number of the figure that is selected, or "". */
function figureSelected(state) {
  const {node} = state.selection;
  return node?.type === nodes.figure ? node.attrs.number : '';
}

/**
 * Everything that is no view: keys, typing rules, undo, tables. `leave` is what Escape does, `change` what Enter does
 * with the number of a selected figure.
 */
export function plugins(leave, change) {
  const changeFigure = state => {
    const number = figureSelected(state);
    if (number) change(number);
    return Boolean(number);
  };
  return [
    inputRules({
      rules: [
        wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
        wrappingInputRule(/^1[.)]\s$/, nodes.ordered_list),
      ],
    }),
    keymap({
      'Mod-b': commands.bold,
      'Mod-i': commands.italic,
      'Mod-Shift-8': commands.bullets,
      'Mod-Shift-7': commands.numbers,
      'Mod-z': back,
      'Mod-y': forth,
      'Mod-Shift-z': forth,
      'Enter': chainCommands(changeFigure, splitListItem(nodes.list_item)),
      'Shift-Enter': breakLine,
      'ArrowUp': lineAbove,
      // Tab moves within tables and lists only; elsewhere it leaves the editor, as everywhere on the page.
      'Tab': chainCommands(goToNextCell(1), nextRow, sinkListItem(nodes.list_item)),
      'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
      'Escape': leave,
    }),
    keymap(baseKeymap),
    history(),
    lastLine,
    tableEditing(),
  ];
}
