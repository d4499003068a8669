// What the page says, in the reader's language. A text is a sentence with {places}; where it depends on a number n,
// one text a plural form.
import {de} from './de.js';
import {en} from './en.js';

const TEXTS = {en, de};
export const LANGUAGES = Object.keys(TEXTS);

export function language(lang) {
    const texts = TEXTS[lang] ?? en;
    const plural = new Intl.PluralRules(lang);

    function template(key, values) {
        const text = texts[key];
        if (text === undefined) {
            throw new Error(`no text for ${key}`);
        }
        return typeof text === 'string' ? text : (text[plural.select(values.n)] ?? text.other);
    }

    // The pieces of a sentence, for places that are elements.
    function pieces(key, values = {}) {
        return template(key, values)
            .split(/\{(\w+)\}/)
            .map((piece, index) => (index % 2 === 0 ? piece : values[piece]))
            .filter((piece) => piece !== '');
    }
    return {
        lang,
        has: (key) => texts[key] !== undefined,
        t: (key, values) => pieces(key, values).join(''),
        pieces,
        // What a code of the data means; a code of a later version stands for itself.
        code: (kind, code) => texts[`${kind}_${code}`] ?? String(code),
    };
}
