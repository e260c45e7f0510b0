import type { ReasonChange } from "#contract/runs.ts";
import { formatCount } from "#frontend/format/number.ts";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { reasonWords } from "./reason-words.ts";
import { signedCredit, signedMoney } from "./signed-change.ts";

type Total = Pick<ReasonChange, "conversions" | "revenueMinor" | "spendMinor">;

/** Why two runs or reports differ, a row a reason; `total` is what the reasons add up to. */
export function reasonColumns(total: Total, currency: string | null): Column<ReasonChange>[] {
  return [
    {
      key: "reason",
      header: "Reason",
      cell: ({ reason }) => (
        <Term explanation={reasonWords(reason).explanation}>{reasonWords(reason).label}</Term>
      ),
      total: "The whole difference",
    },
    { key: "count", header: "Cases", numeric: true, wideOnly: true, cell: ({ count }) => formatCount(count) },
    {
      key: "conversions",
      header: "Conversions",
      numeric: true,
      cell: ({ conversions }) => signedCredit(conversions),
      total: signedCredit(total.conversions),
    },
    {
      key: "revenue",
      header: "Revenue",
      numeric: true,
      cell: ({ revenueMinor }) => signedMoney(revenueMinor, currency),
      total: signedMoney(total.revenueMinor, currency),
    },
    {
      key: "spend",
      header: "Spend",
      numeric: true,
      wideOnly: true,
      cell: ({ spendMinor }) => signedMoney(spendMinor, currency),
      total: signedMoney(total.spendMinor, currency),
    },
  ];
}
