import type { ComponentChildren } from "preact";

import { Notice } from "#frontend/parts/notice.tsx";

/** So much data is asked for the first time: it is being worked out, and comes without a press. */
export function ComputingState({ children }: { children: ComponentChildren }) {
  return (
    <div class="stack">
      <Notice title="Working it out">
        These journeys are looked at in this way for the first time. The figures appear here by themselves,
        mostly within seconds; you can leave the page meanwhile.
      </Notice>
      {children}
    </div>
  );
}
