// How a figure stands in the editor: drawn by the server from its data, one block that is selected, moved or deleted
// as a whole. What it holds is changed in a dialog of the page, which is asked for by `a3-editor:figure`.

const MISSING = 'This diagram is not of this sheet. Take it out here, and add one of your own.';
const LOST = 'The diagram is drawn again once there is a connection.';

/** Ask the page for the dialog of one figure, or of a new one when `number` is "". */
export function askForFigure(editor, number = '') {
  editor.dispatchEvent(new CustomEvent('a3-editor:figure', {bubbles: true, detail: {editor, number}}));
}

export class FigureView {
  #listening = new AbortController();

  constructor(node, editor) {
    this.number = node.attrs.number;
    this.editor = editor;
    this.dom = document.createElement('div');
    this.dom.className = 'figure-node';
    this.dom.contentEditable = 'false';
    this.drawing = this.dom.appendChild(document.createElement('div'));
    this.button = this.dom.appendChild(document.createElement('button'));
    Object.assign(this.button, {type: 'button', className: 'btn s', textContent: 'Change the diagram'});
    this.button.addEventListener('click', () => askForFigure(editor, this.number));
    document.addEventListener('a3-figure:changed', event => {
      if (event.detail.number === this.number) this.draw();
    }, this.#listening);
    this.draw();
  }

  async draw() {
    const {signal} = this.#listening;
    try {
      const answer = await fetch(`${this.editor.getAttribute('figures')}${this.number}/`, {headers: {'HX-Request': 'true'}, signal});
      if (answer.ok) this.drawing.innerHTML = await answer.text();
      else this.#say(MISSING);
    } catch {
      if (!signal.aborted) this.#say(LOST);
    }
  }

  #say(words) {
    const line = document.createElement('p');
    line.className = 'nothing';
    line.textContent = words;
    this.drawing.replaceChildren(line);
  }

  update(node) {
    return node.type.name === 'figure' && node.attrs.number === this.number;
  }

  stopEvent(event) {
    return event.target === this.button;
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    this.#listening.abort();
  }
}
