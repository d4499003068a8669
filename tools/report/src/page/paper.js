// Paper: charts are drawn at its width, the long table gives way to its first rows.
export function listenForPaper(page) {
    const before = () => {
        page.onPaper.forEach((call) => call(true));
        page.charts.drawForPaper();
    };
    const after = () => {
        page.onPaper.forEach((call) => call(false));
        page.charts.fitAgain();
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
        window.removeEventListener('beforeprint', before);
        window.removeEventListener('afterprint', after);
    };
}
