// Small controls, each with its label.
import {h, newId} from './element.js';

// options: [{value, label}]
export function choice(title, options, chosen, onChange) {
    const id = newId('choice');
    return h('span', {class: 'control'},
        h('label', {for: id}, title),
        h('select', {id, onchange: (event) => onChange(event.target.value)},
            options.map((option) => h('option', {value: option.value, selected: String(option.value) === String(chosen)}, option.label))));
}

export function search(title, onInput) {
    const id = newId('search');
    let timer = 0;
    return h('span', {class: 'control grows'},
        h('label', {for: id}, title),
        h('input', {id, type: 'search', autocomplete: 'off', spellcheck: 'false', oninput: (event) => {
            clearTimeout(timer);
            timer = setTimeout(() => onInput(event.target.value), 120);
        }}));
}

export const button = (label, onClick, more) => h('button', {type: 'button', onclick: onClick, ...more}, label);

export const controls = (...children) => h('div', {class: 'controls'}, children);
