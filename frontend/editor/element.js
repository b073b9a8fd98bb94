// <a3-editor name="body" label="5 Countermeasures"> with the sanitised HTML of a section inside.
// A form control of its own: has .value, fires bubbling `input`, and tells the toolbar what goes on.
import {DOMParser, DOMSerializer} from 'prosemirror-model';
import {EditorState, NodeSelection, Selection} from 'prosemirror-state';
import {EditorView} from 'prosemirror-view';

import {ended, isBlankLine, lineBelow, placed, plugins, typedBelow} from './commands.js';
import {askForFigure, FigureView} from './figure.js';
import {isWaiting, schema} from './schema.js';

/** A document of its own, where nothing loads and no style attribute is applied. */
const inert = document.implementation.createHTMLDocument('');

const isBlank = doc => doc.childCount === 1 && isBlankLine(doc.firstChild);

const isList = node => [schema.nodes.bullet_list, schema.nodes.ordered_list].includes(node?.type);

/** Without items at the end of a list that were begun and left blank; null when nothing is left of it. */
function withoutBlankItems(list) {
  let {content} = list;
  while (content.lastChild && isBlank(content.lastChild)) content = content.cut(0, content.size - content.lastChild.nodeSize);
  return content.size ? list.copy(content) : null;
}

/** Without the blank lines before and after what is written. */
function trimmed({content}) {
  let found = content;
  while (isBlankLine(found.lastChild)) found = found.cut(0, found.size - found.lastChild.nodeSize);
  if (isList(found.lastChild)) {
    const list = withoutBlankItems(found.lastChild);
    found = list ? found.replaceChild(found.childCount - 1, list) : found.cut(0, found.size - found.lastChild.nodeSize);
  }
  while (isBlankLine(found.firstChild)) found = found.cut(found.firstChild.nodeSize);
  return found;
}

function toHtml(doc) {
  const holder = inert.createElement('div');
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(trimmed(doc), {document: inert}));
  return holder.innerHTML;
}

/** Where the photo of this address stands, or -1. */
function placeOf(doc, src) {
  let place = -1;
  doc.descendants((node, at) => {
    if (node.type === schema.nodes.photo && node.attrs.src === src) place = at;
  });
  return place;
}

function fromHtml(html) {
  const holder = inert.createElement('div');
  holder.innerHTML = html;
  return ended(DOMParser.fromSchema(schema).parse(holder));
}

/** Take off what the schema drops anyway, before parsing it makes the security policy complain on the console. */
function quiet(html) {
  return html
    .replace(/<b\b[^>]*font-weight:\s*normal[^>]*>/gi, '<span>')
    .replace(/\s(style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '');
}

export class A3Editor extends HTMLElement {
  static formAssociated = true;

  static observedAttributes = ['label', 'placeholder'];

  #internals = this.attachInternals();

  #first = '';

  connectedCallback() {
    if (this.view) return;
    this.addEventListener('input', event => { if (event.target !== this) event.stopPropagation(); });
    this.#first = this.innerHTML;
    this.replaceChildren();
    this.view = new EditorView(this, {
      state: this.#stateOf(this.#first),
      editable: () => !this.matches(':disabled') && !this.hasAttribute('readonly'),
      attributes: () => this.#described(),
      dispatchTransaction: change => this.#apply(change),
      nodeViews: {photo: node => this.#shown(node), figure: node => new FigureView(node, this)},
      handlePaste: (_view, event) => this.#pasted(event.clipboardData),
      handleTextInput: (view, _from, _to, text) => typedBelow(view, text),
      handleDrop: (_view, event) => this.#dropped(event),
      handleDOMEvents: {focus: () => this.#tell('a3-editor:active')},
      transformPastedHTML: quiet,
    });
    this.#internals.setFormValue(this.value);
    if (this.hasAttribute('autofocus')) this.focus();
  }

  disconnectedCallback() {
    // htmx moves elements about: only an element that stays away is put down.
    queueMicrotask(() => {
      if (this.isConnected || !this.view) return;
      this.#tell('a3-editor:gone', document);
      this.view.destroy();
      this.view = null;
    });
  }

  attributeChangedCallback() {
    this.view?.setProps({});
  }

  formResetCallback() {
    this.value = this.#first;
  }

  formDisabledCallback() {
    this.view?.setProps({});
  }

  get value() {
    return this.view ? toHtml(this.view.state.doc) : this.innerHTML;
  }

  set value(html) {
    this.view?.updateState(this.#stateOf(html));
    this.#internals.setFormValue(this.value);
    this.#tell('a3-editor:change');
  }

  get name() {
    return this.getAttribute('name');
  }

  get form() {
    return this.#internals.form;
  }

  get label() {
    return this.getAttribute('label') ?? '';
  }

  /** The words that are selected, for a coach's remark on a passage. */
  get selectedText() {
    const {from, to} = this.view.state.selection;
    return this.view.state.doc.textBetween(from, to, ' ');
  }

  /** Draw the coach's pen under the selection, for remark number n. */
  markPassage(n) {
    const {from, to, empty} = this.view.state.selection;
    if (!empty) this.view.dispatch(this.view.state.tr.addMark(from, to, schema.marks.pen.create({n: String(n)})));
  }

  /** Ask the page to keep these files; it calls `insertPhoto` with each address. Returns whether there was one. */
  offerPhotos(files) {
    const photos = [...files].filter(file => file.type.startsWith('image/'));
    if (photos.length) this.dispatchEvent(new CustomEvent('a3-editor:photos', {bubbles: true, detail: {editor: this, photos}}));
    return photos.length > 0;
  }

  /** Put a photo where the cursor stands, selected, so that the toolbar asks what it shows. The next one goes below. */
  insertPhoto(src, alt) {
    const {change, at} = placed(this.view.state, schema.nodes.photo.create({src, alt}));
    this.view.dispatch(change.setSelection(NodeSelection.create(change.doc, at)).scrollIntoView());
    this.view.focus();
  }

  /**
   * Place a figure, which the page has had made, behind the paragraph, list or table where the cursor stands. The
   * cursor goes to the blank line below it, or the figure is selected: the next one goes there.
   */
  insertFigure(number) {
    const {change, at} = placed(this.view.state, schema.nodes.figure.create({number: String(number)}));
    this.view.dispatch(change.setSelection(NodeSelection.create(change.doc, at)));
    const {doc, selection} = this.view.state;
    if (isBlankLine(doc.resolve(selection.to).nodeAfter)) this.view.dispatch(lineBelow(this.view.state));
    this.view.dispatch(this.view.state.tr.scrollIntoView());
    this.view.focus();
  }

  /** A photo has arrived at the server (`to` is its address there) or was refused (no address: it goes). */
  swapPhoto(from, to) {
    if (!this.view) return;
    const change = this.view.state.tr.setMeta('addToHistory', false);
    for (let at = placeOf(change.doc, from); at >= 0; at = placeOf(change.doc, from)) {
      if (to) change.setNodeAttribute(at, 'src', to);
      else change.delete(at, at + 1);
    }
    if (change.docChanged) this.view.dispatch(change);
  }

  /** What is written, as it is shown: safe to stand on the page. */
  copy() {
    return this.view.dom.cloneNode(true);
  }

  /** What was written when the page came. */
  get first() {
    return toHtml(fromHtml(this.#first));
  }

  focus() {
    this.view?.focus();
  }

  /** Run one of the commands of commands.js, then go on writing. */
  run(command) {
    command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
  }

  /** Pictures, unless they only illustrate pasted words, as those of an office program do. */
  #pasted(data) {
    const words = data.getData('text/html').replace(/<[^>]*>|&nbsp;/g, '').trim();
    if (!words && this.offerPhotos(data.files)) return true;
    typedBelow(this.view, '');
    return false;
  }

  #dropped(event) {
    const place = this.view.posAtCoords({left: event.clientX, top: event.clientY});
    const files = event.dataTransfer?.files ?? [];
    if (files.length && place) {
      const {state} = this.view;
      this.view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(place.pos))));
    }
    return this.offerPhotos(files);
  }

  /** The page knows where a photo is that has not arrived yet. */
  #shown(node) {
    const image = document.createElement('img');
    const {src, alt} = node.attrs;
    image.alt = alt;
    if (isWaiting(src)) {
      image.className = 'waiting';
      queueMicrotask(() => this.dispatchEvent(new CustomEvent('a3-editor:waiting', {bubbles: true, detail: {editor: this, src, image}})));
    } else image.src = src;
    return {dom: image};
  }

  #stateOf(html) {
    return EditorState.create({doc: fromHtml(html), plugins: plugins(() => this.#tell('a3-editor:escape'), number => askForFigure(this, number))});
  }

  #described() {
    const blank = isBlank(this.view?.state.doc ?? fromHtml(this.#first));
    const attributes = {'role': 'textbox', 'aria-multiline': 'true', 'aria-label': this.label, 'class': blank ? 'blank' : ''};
    const hint = this.getAttribute('placeholder');
    if (hint) Object.assign(attributes, {'aria-placeholder': hint, 'data-placeholder': hint});
    return attributes;
  }

  #apply(change) {
    this.view.updateState(this.view.state.apply(change));
    if (change.docChanged) {
      this.#internals.setFormValue(this.value);
      this.dispatchEvent(new Event('input', {bubbles: true}));
    }
    this.#tell('a3-editor:change');
  }

  /** Returns true, so that it can stand as a command. */
  #tell(name, where = this) {
    where.dispatchEvent(new CustomEvent(name, {bubbles: true, detail: {editor: this}}));
    return true;
  }
}
