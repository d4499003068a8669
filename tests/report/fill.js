// Puts a document into the template, as the program does, for tests and for work on the page:
//
//     node tests/report/fill.js build/release/report/report.html -o sample.html [--lang de] [--subscriptions 100000]
//                               [--hostile] [--data document.json]
import {readFileSync, writeFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';

import {synthetic} from './synthetic.js';

export function fill(template, document, lang) {
    const data = JSON.stringify(document).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return template.split('TERMWISE-LANG').join(lang).split('/*TERMWISE-DATA*/').join(data);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    const {values, positionals} = parseArgs({
        allowPositionals: true,
        options: {out: {type: 'string', short: 'o'}, lang: {type: 'string', default: 'en'}, subscriptions: {type: 'string', default: '40'}, hostile: {type: 'boolean'}, data: {type: 'string'}},
    });
    if (positionals.length !== 1 || !values.out) {
        console.error('usage: node fill.js TEMPLATE -o PAGE [--lang en|de] [--subscriptions N] [--hostile] [--data FILE]');
        process.exit(2);
    }
    const document = values.data ? JSON.parse(readFileSync(values.data, 'utf8')) : synthetic({subscriptions: Number(values.subscriptions), hostile: values.hostile ?? false});
    writeFileSync(values.out, fill(readFileSync(positionals[0], 'utf8'), document, values.lang));
}
