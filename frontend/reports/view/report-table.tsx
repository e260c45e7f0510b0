import type { ComponentChildren } from "preact";

export type ReportCell = {
  text: ComponentChildren;
  /** Smaller, under it: an interval, a reason. */
  note?: string | null;
  /** Too weak to decide by. */
  isWeak?: boolean;
  tone?: "good" | "bad" | "neutral";
};

export type ReportRow = {
  key: string;
  name: string;
  /** A colour token in front of the name. */
  colour?: string | null;
  isMuted?: boolean;
  note?: string | null;
  cells: readonly ReportCell[];
  /** Of the column `shareColumn`, 0..1. */
  share?: number;
};

type TableProps = {
  caption: string;
  header: readonly string[];
  groups?: readonly string[];
  rows: readonly ReportRow[];
  totals?: readonly string[] | null;
  /** Index into the cells. */
  shareColumn?: number;
  emptyText: string;
  legend?: readonly string[];
};

/** A table as it stands in the PDF: a name, then figures, the totals below. */
export function ReportTable({
  caption,
  header,
  groups,
  rows,
  totals,
  shareColumn,
  emptyText,
  legend = [],
}: TableProps) {
  if (rows.length === 0) return <p class="rv-empty">{emptyText}</p>;
  const [first, ...rest] = header;
  return (
    <>
      <div class="rv-table-wrap" role="region" aria-label={caption} tabIndex={0}>
        <table class={groups ? "rv-table rv-tight" : "rv-table"}>
          <caption class="sr-only">{caption}</caption>
          <thead>
            {groups && <GroupRow groups={groups} extra={rest.length - 2 * groups.length} />}
            <tr>
              <th scope="col">{first}</th>
              {rest.map((name, index) => (
                <th key={index} scope="col" class="rv-num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} shareColumn={shareColumn} />
            ))}
          </tbody>
          {totals && <Totals totals={totals} />}
        </table>
      </div>
      {legend.map((line) => (
        <p key={line} class="rv-legend">
          {line}
        </p>
      ))}
    </>
  );
}

function GroupRow({ groups, extra }: { groups: readonly string[]; extra: number }) {
  return (
    <tr>
      <td />
      {groups.map((group) => (
        <th key={group} scope="colgroup" colSpan={2} class="rv-group">
          {group}
        </th>
      ))}
      {extra > 0 && <td colSpan={extra} />}
    </tr>
  );
}

function Row({ row, shareColumn }: { row: ReportRow; shareColumn: number | undefined }) {
  return (
    <tr class={row.isMuted ? "rv-muted" : ""}>
      <th scope="row">
        {row.colour && <span class="dot" style={{ background: row.colour }} />}
        {row.name}
        {row.note && <small>{row.note}</small>}
      </th>
      {row.cells.map((cell, index) => {
        const share = index === shareColumn ? (row.share ?? 0) : 0;
        const style = share > 0 ? { style: { "--rv-share": `${Math.round(share * 1_000) / 10}%` } } : {};
        return (
          <td key={index} class={classOf(cell, share)} {...style}>
            {cell.text}
            {cell.note && <small>{cell.note}</small>}
          </td>
        );
      })}
    </tr>
  );
}

function classOf({ isWeak, tone }: ReportCell, share: number): string {
  const parts = ["rv-num", isWeak ? "rv-weak" : "", tone ? `rv-${tone}` : "", share > 0 ? "rv-share" : ""];
  return parts.filter(Boolean).join(" ");
}

function Totals({ totals }: { totals: readonly string[] }) {
  const [name, ...figures] = totals;
  return (
    <tfoot>
      <tr>
        <th scope="row">{name}</th>
        {figures.map((text, index) => (
          <td key={index} class="rv-num">
            {text}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
