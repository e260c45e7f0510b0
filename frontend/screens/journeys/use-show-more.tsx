import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { Button } from "#frontend/parts/button.tsx";

/** The first rows, and a button for all of them. */
export function useShowMore<T>(
  rows: readonly T[],
  first: number,
): { shown: readonly T[]; button: ComponentChildren } {
  const [isAll, setIsAll] = useState(false);
  const hasMore = rows.length > first;
  return {
    shown: isAll ? rows : rows.slice(0, first),
    button: hasMore && (
      <div class="more-foot">
        <Button small onClick={() => setIsAll(!isAll)}>
          {isAll ? "Show fewer" : `Show all ${rows.length}`}
        </Button>
      </div>
    ),
  };
}
