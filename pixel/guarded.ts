/** Nothing of ours may throw into the page. */
export function guarded<A extends unknown[]>(work: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      work(...args);
    } catch {
      // The page matters more than the figure.
    }
  };
}

export function listen(target: EventTarget, type: string, work: (event: never) => void): void {
  target.addEventListener(type, guarded(work as (event: Event) => void), true);
}
