// Builds the template of the report: one page with its styles, its code and the chart library inside, and in it one
// place for the data.
//
//     node build.js --modules FOLDER/node_modules --out FOLDER/report.html
//
// Beside the page it writes notices.txt, the licences of what is bundled. The content-security policy allows the one
// script and the one style of the page by their digests, and nothing else: whatever the data hold, nothing else runs.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const source = join(dirname(fileURLToPath(import.meta.url)), 'src');
const DATA = '/*TERMWISE-DATA*/';
const LANG = 'TERMWISE-LANG';
const LARGEST = 1.5e6;

const {values: given} = parseArgs({options: {modules: {type: 'string'}, out: {type: 'string'}}});
if (!given.modules || !given.out) {
    console.error('usage: node build.js --modules FOLDER/node_modules --out report.html');
    process.exit(2);
}
const modules = resolve(given.modules);
const out = resolve(given.out);
const esbuild = createRequire(join(modules, 'from-here.js'))('esbuild');

// One bundle, minified, and the names of the packages that are in it.
async function bundle(entry) {
    const done = await esbuild.build({
        entryPoints: [join(source, entry)],
        bundle: true,
        minify: true,
        write: false,
        metafile: true,
        format: 'iife',
        target: ['chrome105', 'firefox115', 'safari16.4'],
        charset: 'utf8',
        legalComments: 'none', // the licences stand in the page as a whole
        nodePaths: [modules],
        absWorkingDir: source,
        logLevel: 'warning',
    });
    const packages = Object.keys(done.metafile.inputs)
        .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
        .filter(Boolean);
    return {text: done.outputFiles[0].text.trim(), packages};
}

// Licences and notices of the packages, whole.
function notices(packages) {
    const parts = ['This page was made with software of others, which is used under these licences.'];
    for (const name of [...new Set(packages)].sort()) {
        const folder = join(modules, name);
        const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        parts.push(`${'='.repeat(78)}\n${name} ${about.version} (${about.license})\n${'='.repeat(78)}`);
        const files = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'NOTICE', 'licenses/LICENSE-d3'];
        const texts = files.flatMap((file) => {
            try {
                return [readFileSync(join(folder, file), 'utf8').trim()];
            } catch {
                return [];
            }
        });
        if (texts.length === 0) {
            throw new Error(`${name} comes without a licence text`);
        }
        parts.push(...texts);
    }
    return parts.join('\n\n') + '\n';
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const digest = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

// Replaces what must be there exactly once.
function put(page, place, text) {
    const parts = page.split(place);
    if (parts.length !== 2) {
        throw new Error(`${place} is ${parts.length - 1} times in the template, not once`);
    }
    return parts.join(text);
}

const script = await bundle('main.js');
const style = await bundle('style/main.css');
for (const [what, text] of [['script', script.text], ['style', style.text]]) {
    if (/<\/(script|style)|<!--/i.test(text) || text.includes(DATA) || text.includes(LANG) || text.includes('\r')) {
        throw new Error(`the ${what} holds what would end it early, or the place of the data`);
    }
}
const licences = notices(script.packages);

const policy = [
    "default-src 'none'",
    `script-src ${digest(script.text)}`,
    `style-src ${digest(style.text)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
].join('; ');

let page = readFileSync(join(source, 'template.html'), 'utf8');
page = put(page, '<!--POLICY-->', `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
page = put(page, '<!--STYLE-->', `<style>${style.text}</style>`);
page = put(page, '<!--SCRIPT-->', `<script>${script.text}</script>`);
page = put(page, '<!--NOTICES-->', escaped(licences));
for (const place of [DATA, LANG]) {
    put(page, place, place);
}
const size = Buffer.byteLength(page);
if (size > LARGEST) {
    throw new Error(`the template has ${size} bytes, more than ${LARGEST}`);
}

// Whole or not at all.
function write(path, text) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
}
mkdirSync(dirname(out), {recursive: true});
write(join(dirname(out), 'notices.txt'), licences);
write(out, page);
console.log(`${out}: ${Math.ceil(size / 1000)} kB`);
