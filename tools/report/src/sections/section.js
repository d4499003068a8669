// A part of the page with its heading. Parts without content are left out.
import {h} from '../dom/element.js';

export function section(page, id, ...children) {
    const content = children.flat(3).filter(Boolean);
    if (content.length === 0) {
        return null;
    }
    return h('section', {id, 'aria-labelledby': `${id}-title`},
        h('header', {class: 'section-head'},
            h('h2', {id: `${id}-title`}, page.text.code('section', id)),
            h('p', null, page.text.t(`section_${id}_says`))),
        content);
}

export const side = (...children) => {
    const present = children.filter(Boolean);
    return present.length < 2 ? present : h('div', {class: 'side-by-side'}, present);
};
