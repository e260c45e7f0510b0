import { useEffect } from "preact/hooks";

/** By then everything above has come, or has failed. */
const SETTLED_WITHIN_MS = 10_000;
/** With these somebody looks around: the page is theirs. */
const TAKEN_OVER_BY = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/**
 * Leads to the element with that id, which a link named, and keeps it in view while what stands above it loads and grows.
 * Whoever scrolls, presses or types meanwhile is let go.
 */
export function useLedTo(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return undefined;
    const growth = new ResizeObserver(() => {
      document.getElementById(id)?.scrollIntoView({ block: "start" });
    });
    const listening = new AbortController();
    const letGo = () => {
      growth.disconnect();
      listening.abort();
      clearTimeout(timer);
    };
    const timer = setTimeout(letGo, SETTLED_WITHIN_MS);
    for (const event of TAKEN_OVER_BY) addEventListener(event, letGo, { signal: listening.signal });
    // Tells of the present size first, which leads there for the first time.
    growth.observe(document.body);
    return letGo;
  }, [id]);
}
