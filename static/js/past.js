// Earlier texts of a section, so that Undo goes on after the page was loaded anew. One list per person and section.
import {find, keep, person} from './depot.js';

const MOST = 60;
const MOST_LENGTH = 400_000; // characters in all

export class Past {
  #texts = [];

  #at = -1;

  saved = {revision: -1};

  constructor(section) {
    this.key = `${person}-${section}`;
  }

  async load() {
    const kept = await find('past', this.key).catch(() => null);
    this.#texts = kept?.texts ?? [];
    this.saved = kept?.saved ?? this.saved;
    this.#at = this.#texts.length - 1;
  }

  /** Note a text. One that was there before is where one is now: somebody went back to it. */
  note(body) {
    const known = this.#texts.lastIndexOf(body);
    if (known >= 0) {
      this.#at = known;
      return;
    }
    this.#texts = [...this.#texts.slice(0, this.#at + 1), body].slice(-MOST);
    while (this.#texts.length > 1 && this.#texts.join('').length > MOST_LENGTH) this.#texts.shift();
    this.#at = this.#texts.length - 1;
    this.#keep();
  }

  /** Go back (-1) or forward (1): that text, or undefined when there is none. */
  go(by) {
    const text = this.#texts[this.#at + by];
    if (text !== undefined) this.#at += by;
    return text;
  }

  /** What the server has acknowledged: newer than a page that was kept before. */
  acknowledge(revision, body) {
    this.saved = {revision, body};
    this.#keep();
  }

  swap(change) {
    this.#texts = this.#texts.map(change);
    this.#keep();
  }

  #keep() {
    keep('past', {key: this.key, texts: this.#texts, saved: this.saved, at: Date.now()}).catch(() => {});
  }
}
