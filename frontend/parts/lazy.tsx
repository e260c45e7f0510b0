import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

import { ErrorState } from "./error-state.tsx";

/** A component in a chunk of its own, with what stands in its place until then. Kept once loaded. */
export function lazy<P extends object>(
  fetchComponent: () => Promise<ComponentType<P>>,
  Fallback: FunctionComponent,
): FunctionComponent<P> & { preload: () => void } {
  let loaded: ComponentType<P> | null = null;
  let pending: Promise<ComponentType<P>> | null = null;

  const fetchOnce = () => {
    pending ??= fetchComponent().then(
      (component) => (loaded = component),
      (error: unknown) => {
        // The next try asks again: a lost connection must not break the page for good.
        pending = null;
        throw error;
      },
    );
    return pending;
  };

  function Lazy(props: P) {
    const [, setReady] = useState(loaded !== null);
    const [failure, setFailure] = useState<Error | null>(null);
    useEffect(() => {
      if (failure) return;
      // Also when it arrived since this was drawn: a preload may finish between the two.
      fetchOnce().then(
        () => setReady(true),
        (error: unknown) => {
          // Whether it did not arrive or does not run: the console must tell.
          reportError(error);
          setFailure(
            new Error(
              "A part of Waymark did not arrive. There may be a newer version, or no connection: load the page again.",
            ),
          );
        },
      );
    }, [failure]);

    // After a deployment the parts of the page at hand are gone: only a fresh page knows the new ones.
    if (failure) return <ErrorState what="This page" problem={failure} onRetry={() => location.reload()} />;
    const Component = loaded;
    return Component ? <Component {...props} /> : <Fallback />;
  }

  return Object.assign(Lazy, { preload: () => void fetchOnce().catch(() => undefined) });
}
