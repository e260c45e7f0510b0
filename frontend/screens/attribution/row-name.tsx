import type { AttributionRow } from "#contract/attribution.ts";
import type { Grouping } from "#core/attribution/grouping.ts";
import { rowName, rowReason } from "#frontend/attribution/grouping-words.ts";
import { Term } from "#frontend/parts/tooltip.tsx";
import { useHref } from "#frontend/state/links.ts";

type NameProps = { row: AttributionRow; by: Grouping; colour: string; isHighlighted: boolean };

/** A campaign leads to its page; what is no group says why it is there. */
export function RowName({ row, by, colour, isHighlighted }: NameProps) {
  const href = useHref();
  const name = rowName(row, by);
  const reason = rowReason(row.kind, by);
  if (reason)
    return (
      <span class="muted">
        <Term explanation={reason}>{name}</Term>
      </span>
    );
  const isPage = by === "campaign" && row.key !== null;
  return (
    <span class="swatch">
      <span class="dot" style={{ background: colour }} aria-hidden="true" />
      {isPage ? (
        <a class="table-link workbench-name" href={href(`/campaigns/${row.key}/analytics`)}>
          {isHighlighted ? <mark>{name}</mark> : name}
        </a>
      ) : (
        <span class="workbench-name" title={name}>
          {name}
        </span>
      )}
    </span>
  );
}
