// <a3-toolbar icons="/static/img/icons.svg">: one bar for whichever <a3-editor> is being written in.
// A toolbar as the ARIA practices have it: one tab stop, arrows inside, pressed states, Escape back to the text.
import {isInTable} from 'prosemirror-tables';

import {commands, describe, listAround, photoIn, setLink} from './commands.js';
import {askForFigure} from './figure.js';
import {safeAddress, schema} from './schema.js';

const HAS_CAMERA = matchMedia('(pointer: coarse)').matches;
const BUTTONS = [
  {command: 'bold', words: 'Bold', icon: 'bold', keys: 'Control+B', pressed: state => hasMark(state, schema.marks.strong)},
  {command: 'italic', words: 'Italic', icon: 'italic', keys: 'Control+I', pressed: state => hasMark(state, schema.marks.em)},
  {command: 'link', words: 'Link', icon: 'link', pressed: state => hasMark(state, schema.marks.link)},
  null,
  {command: 'bullets', words: 'Bulleted list', icon: 'list', pressed: state => listAround(state) === schema.nodes.bullet_list},
  {command: 'numbers', words: 'Numbered list', icon: 'list-ordered', pressed: state => listAround(state) === schema.nodes.ordered_list},
  null,
  {command: 'table', words: 'Table', icon: 'table', shown: state => !isInTable(state)},
  {command: 'photo', words: 'Photo', icon: 'image', shown: (state, editor) => holdsPictures(editor) && !isInTable(state)},
  {command: 'camera', words: 'Take a photo', icon: 'camera', shown: (state, editor) => HAS_CAMERA && holdsPictures(editor) && !isInTable(state)},
  {command: 'figure', words: 'Diagram', icon: 'workflow', text: 'Diagram', shown: (_state, editor) => holdsPictures(editor)},
  {command: 'rowAfter', words: 'Add a row', text: '+ Row', shown: isInTable},
  {command: 'columnAfter', words: 'Add a column', text: '+ Column', shown: isInTable},
  {command: 'rowAway', words: 'Remove this row', text: '\u2212 Row', shown: isInTable},
  {command: 'columnAway', words: 'Remove this column', text: '\u2212 Column', shown: isInTable},
  {command: 'tableAway', words: 'Remove the table', icon: 'trash-2', shown: isInTable},
  null,
  {command: 'undo', words: 'Undo', icon: 'undo-2', keys: 'Control+Z'},
  {command: 'redo', words: 'Redo', icon: 'redo-2', keys: 'Control+Y'},
  {command: 'done', words: 'Done', icon: 'check', text: 'Done'},
];

/** An editor that does not say where its figures are made holds words alone. */
const holdsPictures = editor => editor.hasAttribute('figures');

function hasMark(state, mark) {
  const {from, to, empty, $from} = state.selection;
  return empty ? Boolean(mark.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function makeIcon(sprite, name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(ns, 'use');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

export class A3Toolbar extends HTMLElement {
  #editor = null;

  #listening = null;

  connectedCallback() {
    if (!this.firstChild) this.#draw();
    this.#listening = new AbortController();
    const {signal} = this.#listening;
    document.addEventListener('a3-editor:active', event => this.#take(event.detail.editor), {signal});
    document.addEventListener('a3-editor:change', event => event.detail.editor === this.#editor && this.#sync(), {signal});
    document.addEventListener('a3-editor:gone', event => event.detail.editor === this.#editor && this.#take(null), {signal});
    document.addEventListener('a3-editor:escape', event => event.detail.editor === this.#editor && this.#current().focus(), {signal});
    this.#take(document.activeElement?.closest('a3-editor') ?? document.querySelector('a3-editor'));
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  #draw() {
    const sprite = this.getAttribute('icons');
    this.setAttribute('role', 'toolbar');
    this.classList.add('tools');
    this.append(make('span', {class: 'lab wide'}));
    for (const button of BUTTONS) this.append(button ? this.#button(button, sprite) : make('span', {class: 'gap', role: 'separator'}));
    this.append(this.#linkForm(), this.#altForm());
    this.addEventListener('mousedown', event => { if (!event.target.closest('input')) event.preventDefault(); });
    this.addEventListener('click', event => this.#click(event));
    this.addEventListener('keydown', event => this.#key(event));
  }

  #button({command, words, icon, keys, text, pressed}, sprite) {
    const button = make('button', {
      'type': 'button',
      'data-command': command,
      'aria-label': words,
      'title': text === words ? undefined : words,
      'aria-keyshortcuts': keys,
      'aria-pressed': pressed ? 'false' : undefined,
      'class': text ? 'txt' : undefined,
      'tabindex': command === BUTTONS[0].command ? '0' : '-1',
    });
    if (icon) button.append(makeIcon(sprite, icon));
    if (text) button.append(text);
    return button;
  }

  #linkForm() {
    const input = make('input', {'type': 'text', 'inputmode': 'url', 'aria-label': 'Address of the link', 'placeholder': 'https://'});
    const form = make('form', {class: 'address', hidden: ''}, input, make('button', {class: 'txt'}, 'Set'), make('button', {'type': 'button', 'class': 'txt', 'data-command': 'unlink'}, 'Remove'));
    form.addEventListener('submit', event => {
      event.preventDefault();
      const href = safeAddress(input.value);
      input.setAttribute('aria-invalid', String(!href));
      if (href) this.#link(href);
    });
    return form;
  }

  /** What the selected photo shows, for those who do not see it. */
  #altForm() {
    const input = make('input', {'type': 'text', 'name': 'alt', 'maxlength': '300', 'aria-label': 'What the photo shows', 'placeholder': 'What the photo shows'});
    const form = make('form', {class: 'address alt', hidden: ''}, input, make('button', {class: 'txt'}, 'Describe'));
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#editor.run(describe(input.value.trim()));
    });
    return form;
  }

  #take(editor) {
    this.#editor = editor;
    this.setAttribute('aria-label', editor ? `Format ${editor.label}` : 'Format');
    this.querySelector('.lab').textContent = editor?.label ?? '';
    if (editor?.view) this.#sync();
  }

  #sync() {
    const {state} = this.#editor.view;
    for (const {command, pressed, shown} of BUTTONS.filter(Boolean)) {
      const button = this.querySelector(`[data-command="${command}"]`);
      if (pressed) button.setAttribute('aria-pressed', String(pressed(state)));
      if (shown) button.hidden = !shown(state, this.#editor);
    }
    const photo = photoIn(state);
    const asked = this.querySelector('.alt');
    asked.hidden = !photo;
    if (photo && !asked.contains(document.activeElement)) asked.elements.alt.value = photo.attrs.alt;
    if (this.#current().hidden) this.#rove(this.#reachable()[0]);
  }

  #click(event) {
    const command = event.target.closest('[data-command]')?.dataset.command;
    if (!command || !this.#editor) return;
    if (command === 'done') this.#editor.dispatchEvent(new CustomEvent('a3-editor:done', {bubbles: true, detail: {editor: this.#editor}}));
    else if (command === 'link') this.#askAddress();
    else if (command === 'unlink') this.#link(null);
    else if (command === 'photo') this.#askPhotos({multiple: ''});
    else if (command === 'camera') this.#askPhotos({capture: 'environment'});
    else if (command === 'figure') askForFigure(this.#editor);
    else this.#editor.run(commands[command]);
  }

  #askPhotos(how) {
    const editor = this.#editor;
    const input = make('input', {type: 'file', accept: 'image/jpeg,image/png,image/webp', ...how});
    input.addEventListener('change', () => editor.offerPhotos(input.files));
    input.click();
  }

  #askAddress() {
    const form = this.querySelector('.address');
    const input = form.querySelector('input');
    const {$from} = this.#editor.view.state.selection;
    input.value = schema.marks.link.isInSet($from.marks())?.attrs.href ?? '';
    form.hidden = false;
    input.focus();
  }

  #link(href) {
    this.querySelector('.address').hidden = true;
    this.#editor.run(setLink(href));
  }

  #key(event) {
    if (event.key === 'Escape') {
      this.querySelector('.address').hidden = true;
      this.#editor?.focus();
      return;
    }
    if (event.target.matches('input')) return;
    const buttons = this.#reachable();
    const at = buttons.indexOf(event.target);
    const next = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#rove(buttons[(next + buttons.length) % buttons.length]).focus();
  }

  #reachable() {
    return [...this.querySelectorAll(':scope > button:not([hidden])')];
  }

  #current() {
    return this.querySelector('button[tabindex="0"]');
  }

  #rove(button) {
    this.#current().tabIndex = -1;
    button.tabIndex = 0;
    return button;
  }
}
