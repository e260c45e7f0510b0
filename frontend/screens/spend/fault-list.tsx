import { formatCount, formatCounted } from "#frontend/format/number.ts";
import { Notice } from "#frontend/parts/notice.tsx";

const SHOWN = 8;

/** What cannot be read, line by line. */
export function FaultList({ faults }: { faults: readonly { line: number; words: string }[] }) {
  if (faults.length === 0) return null;
  return (
    <Notice tone="warn" title={`${formatCounted(faults.length, "line", "lines")} cannot be read.`}>
      The rest can be stored.
      <ul class="spend-faults">
        {faults.slice(0, SHOWN).map(({ line, words }) => (
          <li key={`${line} ${words}`}>
            Line {line}: {words}
          </li>
        ))}
        {faults.length > SHOWN && <li>and {formatCount(faults.length - SHOWN)} more</li>}
      </ul>
    </Notice>
  );
}
