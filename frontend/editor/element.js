// <a3-editor name="body" label="5 Countermeasures"> with the sanitised HTML of a section inside.
// A form control of its own: has .value, fires bubbling `input`, and tells the toolbar what goes on.
import {DOMParser, DOMSerializer} from 'prosemirror-model';
import {EditorState} from 'prosemirror-state';
import {EditorView} from 'prosemirror-view';

import {plugins} from './commands.js';
import {askForFigure, FigureView} from './figure.js';
import {schema} from './schema.js';

const isBlank = doc => doc.childCount === 1 && doc.firstChild.type === schema.nodes.paragraph && doc.firstChild.childCount === 0;

function toHtml(doc) {
  if (isBlank(doc)) return '';
  const holder = document.createElement('div');
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
  return holder.innerHTML;
}

/** Parse in a document of its own, where nothing loads and no style attribute is applied. */
function fromHtml(html) {
  const holder = document.implementation.createHTMLDocument('').createElement('div');
  holder.innerHTML = html;
  return DOMParser.fromSchema(schema).parse(holder);
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
      handlePaste: (_view, event) => !event.clipboardData.types.includes('text/html') && this.offerPhotos(event.clipboardData.files),
      handleDrop: (_view, event) => this.offerPhotos(event.dataTransfer?.files ?? []),
      handleDOMEvents: {focus: () => this.#tell('a3-editor:active')},
      transformPastedHTML: quiet,
      nodeViews: {figure: node => new FigureView(node, this)},
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

  insertPhoto(src, alt) {
    const photo = schema.nodes.photo.create({src, alt});
    this.view.dispatch(this.view.state.tr.replaceSelectionWith(photo).scrollIntoView());
    this.view.focus();
  }

  /** Place a figure, which the page has had made, behind the paragraph, list or table where the cursor stands. */
  insertFigure(number) {
    const {state} = this.view;
    const {$to} = state.selection;
    const block = $to.node(1);
    const isBlankLine = block?.type === schema.nodes.paragraph && block.childCount === 0;
    const [from, to] = $to.depth ? [isBlankLine ? $to.before(1) : $to.after(1), $to.after(1)] : [$to.pos, $to.pos];
    this.view.dispatch(state.tr.replaceWith(from, to, schema.nodes.figure.create({number: String(number)})).scrollIntoView());
    this.view.focus();
  }

  focus() {
    this.view?.focus();
  }

  /** Run one of the commands of commands.js, then go on writing. */
  run(command) {
    command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
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
