// Collects the icons named in icons.txt from lucide-static into one sprite: static/img/icons.svg.
import {readFileSync, writeFileSync} from 'node:fs';

const here = new URL('.', import.meta.url);
const read = path => readFileSync(new URL(path, here), 'utf8');
const names = read('icons.txt').trim().split('\n').sort();

function symbol(name) {
  const svg = read(`node_modules/lucide-static/icons/${name}.svg`);
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace('</svg>', '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.trim().replace(/\s*\n\s*/g, '').replaceAll(' />', '/>')}</symbol>`;
}

const version = JSON.parse(read('node_modules/lucide-static/package.json')).version;
writeFileSync(
  new URL('../static/img/icons.svg', here),
  `<!-- Lucide ${version}, ISC licence, see lucide-LICENSE. Made by \`make icons\` from frontend/icons.txt. -->\n`
    + `<svg xmlns="http://www.w3.org/2000/svg">\n${names.map(symbol).join('\n')}\n</svg>\n`,
);
