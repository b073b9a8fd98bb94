// What a section of a sheet can hold. This is the contract with the server: its sanitiser allows exactly the tags
// and attributes of schema.json, which is written from here by build.mjs.
import {Schema} from 'prosemirror-model';
import {tableNodes} from 'prosemirror-tables';

export const LINK_SCHEMES = ['http:', 'https:', 'mailto:'];

/** The address as it may be stored, or null when it is none of ours. */
export function safeAddress(text) {
  const address = text.trim();
  if (!address) return null;
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    return LINK_SCHEMES.includes(new URL(full).protocol) ? full : null;
  } catch {
    return null;
  }
}

// Nothing else is shown; of these, the server keeps only those that have arrived.
const OWN_PHOTO = /^\/a3\/photos\/(\d+|waiting-[\da-f-]+)\/$/;

/** Whether a photo is still on its way to the server. */
export const isWaiting = src => src.includes('/waiting-');

function photoAttributes(dom) {
  const src = dom.getAttribute('src') ?? '';
  return OWN_PHOTO.test(src) ? {src, alt: dom.getAttribute('alt') ?? ''} : false;
}

function figureAttributes(dom) {
  const number = dom.getAttribute('data-figure');
  return /^[1-9]\d*$/.test(number) ? {number} : false;
}

function linkAttributes(dom) {
  const href = safeAddress(dom.getAttribute('href') ?? '');
  return href ? {href} : false;
}

const nodes = {
  doc: {content: 'block+'},
  paragraph: {
    content: 'inline*',
    group: 'block',
    parseDOM: [{tag: 'p'}],
    toDOM: () => ['p', 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{tag: 'ul'}],
    toDOM: () => ['ul', 0],
  },
  ordered_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{tag: 'ol'}],
    toDOM: () => ['ol', 0],
  },
  list_item: {
    content: 'paragraph block*',
    defining: true,
    parseDOM: [{tag: 'li'}],
    toDOM: () => ['li', 0],
  },
  ...tableNodes({tableGroup: 'block', cellContent: 'paragraph+', cellAttributes: {}}),
  photo: {
    group: 'block',
    draggable: true,
    attrs: {src: {}, alt: {default: ''}},
    parseDOM: [{tag: 'img[src]', getAttrs: photoAttributes}],
    toDOM: node => ['img', {src: node.attrs.src, alt: node.attrs.alt}],
  },
  // Where a figure stands; the server draws it, and only figures of this very sheet.
  figure: {
    group: 'block',
    atom: true,
    draggable: true,
    attrs: {number: {}},
    parseDOM: [{tag: 'figure[data-figure]', getAttrs: figureAttributes}],
    toDOM: node => ['figure', {'data-figure': node.attrs.number}],
  },
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{tag: 'br'}],
    toDOM: () => ['br'],
  },
  text: {group: 'inline'},
};

const marks = {
  link: {
    attrs: {href: {}},
    inclusive: false,
    parseDOM: [{tag: 'a[href]', getAttrs: linkAttributes}],
    toDOM: mark => ['a', {href: mark.attrs.href}, 0],
  },
  strong: {
    parseDOM: [{tag: 'strong'}, {tag: 'b', getAttrs: dom => dom.style.fontWeight !== 'normal' && null}],
    toDOM: () => ['strong', 0],
  },
  em: {
    parseDOM: [{tag: 'em'}, {tag: 'i', getAttrs: dom => dom.style.fontStyle !== 'normal' && null}],
    toDOM: () => ['em', 0],
  },
  // The coach's red pen: the passage that remark number n is about.
  pen: {
    attrs: {n: {}},
    inclusive: false,
    parseDOM: [{tag: 'mark[data-n]', getAttrs: dom => ({n: dom.getAttribute('data-n')})}],
    toDOM: mark => ['mark', {'data-n': mark.attrs.n}, 0],
  },
};

export const schema = new Schema({nodes, marks});
