import "./spent-of-budget.css";

import type { PacingRow } from "#contract/spend.ts";
import { formatMoneyShort } from "#frontend/format/money.ts";
import { NO_VALUE } from "#frontend/format/number.ts";

/** The column's words: the same figure wherever a budget is shown. */
export const SPENT_OF_BUDGET = {
  header: "Spent of budget",
  explanation:
    "To date: what it cost up to today, whatever days are chosen, in the campaign's currency, against its whole budget. The line marks how much of the flight is over.",
};

type SpentProps = Pick<PacingRow, "budgetMinor" | "currency"> &
  Pick<Partial<PacingRow>, "spentMinor" | "spent" | "elapsed">;

/** "€1,234 of €12,000" over a bar; without the spend, while it loads, the budget alone. */
export function SpentOfBudget({ budgetMinor, currency, spentMinor = null, spent, elapsed }: SpentProps) {
  const money = (minor: number | null) => (minor === null ? NO_VALUE : formatMoneyShort(minor, currency));
  const share = spent?.value ?? 0;
  const over = elapsed?.value ?? null;
  return (
    <span class="budget">
      <span class="budget-text">
        {money(spentMinor)} <span class="muted">of {money(budgetMinor)}</span>
      </span>
      <span class={share > 1 ? "budget-bar budget-over" : "budget-bar"} aria-hidden="true">
        <span class="budget-fill" style={{ width: widthOf(share) }} />
        {over !== null && <span class="budget-mark" style={{ insetInlineStart: widthOf(over) }} />}
      </span>
    </span>
  );
}

/** A share as a width inside its bar. */
function widthOf(share: number): string {
  return `${Math.min(Math.max(share, 0), 1) * 100}%`;
}
