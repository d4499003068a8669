// Light or dark: as the reader's system is, or as the reader says.
const system = window.matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;
let wanted = 'auto';

function apply() {
    root.dataset.theme = wanted === 'auto' ? (system.matches ? 'dark' : 'light') : wanted;
}

export const theme = () => wanted;

export function setTheme(theme) {
    wanted = theme;
    apply();
}

export function followSystem() {
    system.addEventListener('change', apply);
    apply();
}
