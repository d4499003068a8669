// Builds elements. Text is only ever set as text: nothing here, or anywhere in the page, parses HTML.

function append(parent, child) {
    if (child === null || child === undefined || child === false) {
        return;
    }
    if (Array.isArray(child)) {
        child.forEach((each) => append(parent, each));
    } else {
        parent.append(child);
    }
}

// h('p', {class: 'note', onclick: f, style: {'--share': 0.5}}, 'text', element, null, [more]). Attributes that are
// null or false are left out, true is an empty one. Styles are set as properties: the page's policy allows no other.
export function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (name.startsWith('on')) {
            element.addEventListener(name.slice(2), value);
        } else if (name === 'style') {
            Object.entries(value).forEach(([property, text]) => element.style.setProperty(property, text));
        } else {
            element.setAttribute(name, value === true ? '' : value);
        }
    }
    append(element, children);
    return element;
}

// A name from the input, which may be written in any direction: what stands around it is not turned over.
export function name(text, attributes) {
    return h('bdi', {class: 'name', title: text.length > 24 ? text : null, ...attributes}, text);
}

// A sentence of the engine, in its own language.
export function english(text) {
    return h('span', {lang: 'en', class: 'engine-text'}, text);
}

export function clear(element) {
    element.replaceChildren();
    return element;
}

let count = 0;
export function newId(what) {
    count += 1;
    return `${what}-${count}`;
}
