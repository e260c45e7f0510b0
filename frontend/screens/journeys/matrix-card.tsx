import type { GroupName } from "#contract/glass-box.ts";
import type { JourneysReady } from "#contract/journeys.ts";
import { groupingWords, rowName } from "#frontend/attribution/grouping-words.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Card } from "#frontend/parts/card.tsx";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";

/** Who opened the journeys that each one closed: the darker, the more conversions. */
export function MatrixCard({ journeys }: { journeys: JourneysReady }) {
  const { matrix, by } = journeys;
  const words = groupingWords(by).lower;
  const most = Math.max(1, ...matrix.cells.map(({ conversions }) => conversions));
  return (
    <Card
      title="First touch by last touch"
      sub={`Conversions by the ${words} that began the journey (rows) and the one that ended it (columns).`}
      flush
    >
      <div class="table-wrap matrix-wrap" role="region" aria-label="First touch by last touch" tabIndex={0}>
        <table class="matrix">
          <caption class="sr-only">First touch by last touch</caption>
          <thead>
            <tr>
              <th scope="col" class="matrix-corner">
                First ↓ · last →
              </th>
              {matrix.groups.map((group) => (
                <th key={keyOf(group)} scope="col">
                  <span class="matrix-head">{rowName(group, by)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.groups.map((group, first) => (
              <tr key={keyOf(group)}>
                <th scope="row">{rowName(group, by)}</th>
                {matrix.groups.map((other, last) => (
                  <Cell key={keyOf(other)} journeys={journeys} first={first} last={last} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

type CellProps = { journeys: JourneysReady; first: number; last: number; most: number };

function Cell({ journeys: { matrix, by, basis }, first, last, most }: CellProps) {
  const cell = matrix.cells.find((candidate) => candidate.first === first && candidate.last === last);
  const [from, to] = [matrix.groups[first], matrix.groups[last]];
  if (!cell || !from || !to) return <td class="matrix-none">·</td>;
  const tip = `Began with ${rowName(from, by)}, ended with ${rowName(to, by)}: ${formatCount(cell.conversions)} conversions, ${formatMoney(cell.revenueMinor, basis.currency)}`;
  return (
    <td class="num" style={{ "--heat": `${heatOf(cell.conversions, most)}%` }} {...tipHandlers(tip)}>
      {formatCount(cell.conversions)}
    </td>
  );
}

/** Square roots let small cells be told apart; the darkest still leaves its number readable. */
export function heatOf(conversions: number, most: number): number {
  return Math.round(Math.sqrt(Math.max(0, conversions) / most) * 46);
}

function keyOf({ kind, key }: GroupName): string {
  return `${kind} ${key ?? ""}`;
}
