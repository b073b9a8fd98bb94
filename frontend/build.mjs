// Bundles the editor for static/vendor/, with the licences of what is in it, and writes down its contract with the server.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';

import {build} from 'esbuild';
import {minify} from 'terser';

const here = new URL('.', import.meta.url);
const {version} = JSON.parse(readFileSync(new URL('editor/version.json', here)));
const out = new URL(`../static/vendor/a3-editor-${version}/`, here);

/** Two passes more than esbuild's own save two kilobytes of what a phone fetches. */
async function squeeze(path) {
  const {code} = await minify(readFileSync(path, 'utf8'), {module: true, ecma: 2020, compress: {passes: 3, pure_getters: true}});
  writeFileSync(path, code);
}

async function bundle() {
  const result = await build({
    absWorkingDir: here.pathname,
    entryPoints: ['editor/index.js'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    outfile: new URL('a3-editor.js', out).pathname,
    metafile: true,
  });
  await squeeze(new URL('a3-editor.js', out));
  const names = Object.keys(result.metafile.inputs).map(path => path.match(/node_modules\/([^/]+)\//)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function packageOf(name) {
  const folder = new URL(`node_modules/${name}/`, here);
  const licence = readdirSync(folder).find(file => /^licen[cs]e/i.test(file));
  return {name, ...JSON.parse(readFileSync(new URL('package.json', folder))), text: readFileSync(new URL(licence, folder), 'utf8').trim()};
}

function writeVendor(packages) {
  const texts = new Map();
  for (const each of packages) texts.set(each.text, [...(texts.get(each.text) ?? []), each]);
  const licences = [...texts].map(([text, all]) => `${all.map(each => `${each.name} ${each.version}`).join('\n')}\n\n${text}\n`);
  writeFileSync(new URL('LICENSE', out), licences.join('\n----\n\n'));
  const integrity = createHash('sha512').update(readFileSync(new URL('a3-editor.js', out))).digest('base64');
  writeFileSync(new URL('vendor.toml', out), `# Made by \`make editor\` from frontend/editor/ with the exact versions of frontend/package.json.
package = "a3-editor"
version = "${version}"
licence = "MIT"
contains = [
${packages.map(each => `  "${each.name} ${each.version}",`).join('\n')}
]

[files]
"a3-editor.js" = "sha512-${integrity}"
`);
}

/** Tags and attributes that the editor can write, read off its schema. */
async function writeContract() {
  const {schema, LINK_SCHEMES} = await import('./editor/schema.js');
  const tags = {};
  const note = spec => {
    if (!Array.isArray(spec)) return;
    const [tag, second] = spec;
    const attributes = second && typeof second === 'object' && !Array.isArray(second) ? Object.keys(second) : [];
    tags[tag] = [...new Set([...(tags[tag] ?? []), ...attributes])].sort();
    spec.slice(1).forEach(note);
  };
  const spans = {colspan: 2, rowspan: 2, colwidth: null, href: '', n: '', src: '', alt: '', number: ''};
  for (const type of Object.values(schema.nodes)) note(type.spec.toDOM?.({attrs: spans}));
  for (const type of Object.values(schema.marks)) note(type.spec.toDOM?.({attrs: spans}));
  const sorted = Object.fromEntries(Object.entries(tags).sort(([a], [b]) => a.localeCompare(b)));
  const contract = {tags: sorted, schemes: LINK_SCHEMES.map(scheme => scheme.replace(':', ''))};
  writeFileSync(new URL('editor/schema.json', here), `${JSON.stringify(contract, null, 2)}\n`);
}

mkdirSync(out, {recursive: true});
writeVendor((await bundle()).map(packageOf));
await writeContract();
