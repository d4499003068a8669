// Numbers, money and days in the form of the reader's language. Amounts come as whole minor units, days as whole days
// since 1970-01-01.
const LOCALES = {en: 'en-US', de: 'de-DE'};
const DAY = 86400000;

// Keeps a name of unknown direction and length from taking over the line of a chart it stands in.
export function shortName(text, most = 26) {
    const signs = Array.from(text);
    const short = signs.length > most ? signs.slice(0, most - 1).join('') + '…' : text;
    return `\u2068${short.replace(/[\u2066-\u2069\u202a-\u202e\n\r]/g, ' ')}\u2069`;
}

export function formats(lang, currency, digits) {
    const locale = LOCALES[lang] ?? LOCALES.en;
    // Less nothing is nothing: no minus before a zero.
    const value = (minor) => minor / 10 ** digits || 0;
    const money = {style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits};
    const plain = {minimumFractionDigits: digits, maximumFractionDigits: digits};
    const number = (options) => new Intl.NumberFormat(locale, options);
    const date = (options) => new Intl.DateTimeFormat(locale, {timeZone: 'UTC', ...options});

    const moneyFormat = number(money);
    const signedFormat = number({...plain, signDisplay: 'exceptZero'});
    const plainFormat = number(plain);
    const compactFormat = number({notation: 'compact', maximumSignificantDigits: 3});
    const wholeFormat = number({maximumFractionDigits: 0});
    const someFormat = number({maximumFractionDigits: 1});
    const percentFormat = number({style: 'percent', maximumFractionDigits: 1});
    const finePercentFormat = number({style: 'percent', maximumFractionDigits: 4});
    const dayFormat = date({year: 'numeric', month: 'short', day: 'numeric'});
    const weekdayFormat = date({weekday: 'short', year: 'numeric', month: 'short', day: 'numeric'});
    const shortDayFormat = date({month: 'short', day: 'numeric'});
    const monthFormat = date({year: 'numeric', month: 'short'});
    const numericDayFormat = date({year: 'numeric', month: '2-digit', day: '2-digit'});
    const list = new Intl.ListFormat(locale, {type: 'conjunction'});

    return {
        lang,
        locale,
        currency,
        money: (minor) => moneyFormat.format(value(minor)),
        plain: (minor) => plainFormat.format(value(minor)),
        signed: (minor) => signedFormat.format(value(minor)),
        compact: (minor) => compactFormat.format(value(minor)),
        whole: (n) => wholeFormat.format(n),
        some: (n) => someFormat.format(n),
        percent: (share) => percentFormat.format(share),
        // Shares below a tenth of a per cent are not nothing.
        finePercent: (share) => (Math.abs(share) < 0.001 ? finePercentFormat : percentFormat).format(share),
        hours: (seconds) => someFormat.format(seconds / 3600),
        day: (day) => dayFormat.format(day * DAY),
        weekday: (day) => weekdayFormat.format(day * DAY),
        shortDay: (day) => shortDayFormat.format(day * DAY),
        numericDay: (day) => numericDayFormat.format(day * DAY),
        month: (day) => monthFormat.format(day * DAY),
        list: (texts) => list.format(texts),
        collator: new Intl.Collator(locale, {numeric: true, sensitivity: 'base'}),
        // What published results hold: decimal strings to minor units, days as ISO text to whole days.
        minor: (decimal) => (decimal === null || decimal === undefined ? null : Number(decimal.replace('.', ''))),
        isoDay: (text) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY : null),
    };
}

export const dayToTime = (day) => day * DAY;
export const timeToDay = (time) => Math.floor(time / DAY);

// The first day of each month from "YYYY-MM" on.
export function monthStarts(first, count) {
    const [year, month] = first.split('-').map(Number);
    return Array.from({length: count}, (_, i) => Date.UTC(year, month - 1 + i, 1) / DAY);
}
