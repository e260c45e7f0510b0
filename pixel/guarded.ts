/** Nothing of ours may throw into the page. */
export function guarded<A extends unknown[]>(work: (...args: A) => unknown): (...args: A) => void {
  return (...args) => {
    try {
      work(...args);
    } catch {
      // The page matters more than the figure.
    }
  };
}

/**
 * Listens to what reaches the window, all events of the document among it, while it is on its way down: so a page
 * that stops an event does not hide it.
 */
export function listen(types: string, work: (event: never) => unknown): void {
  for (const type of types.split(" "))
    addEventListener(type, guarded(work as (event: Event) => unknown), true);
}
