import { Badge } from "#frontend/parts/badge.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import type { StateWords } from "./state-words.ts";

/** A state in a word, explained on hover and focus. */
export function StateBadge({ words }: { words: StateWords }) {
  return (
    <Term explanation={words.explanation}>
      <Badge tone={words.tone}>{words.label}</Badge>
    </Term>
  );
}
