// The tab's title: the page, then the program. A counter of running answers would only distract.
export function pageTitle(text: () => string): void {
  $effect(() => {
    const page = text();
    document.title = page ? `${page} · Fragua` : 'Fragua';
  });
}
