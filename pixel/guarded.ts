/** Nothing of ours may throw into the page, nor leave it a rejected promise. Runs at once, up to the first `await`. */
export const guarded =
  <A>(work: (given: A) => unknown): ((given?: A) => unknown) =>
  async (given) => {
    try {
      await work(given as A);
    } catch {
      // The page matters more than the figure.
    }
  };

/**
 * Listens to what reaches the window, all events of the document among it, while it is on its way down: so a page
 * that stops an event does not hide it.
 */
export const listen = (types: string, work: (event: never) => unknown): unknown =>
  types.split(" ").map((type) => addEventListener(type, guarded(work as (event: Event) => unknown), true));
