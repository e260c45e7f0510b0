import { sql, type SQL } from "drizzle-orm";

import type { RunItem } from "#core/attribution/runs/run-item.ts";
import type { Database } from "#db/database.ts";
import { journeys, type JourneyQuestion } from "#db/queries/attribution/journey.ts";
import { journeyRows } from "#db/queries/attribution/journey-rows.ts";
import { previousConversions } from "#db/queries/attribution/previous-conversions.ts";
import { TOUCH_ORDER } from "#db/queries/attribution/touch-order.ts";

type RunItemRow = Omit<RunItem, "kind" | "touches" | "paid" | "isForeign"> & {
  paid: RunItem["paid"] | null;
  isForeign: boolean;
  n: number;
  touches: [id: string, atMs: number, rank: number, key: string | null, isDirect: boolean][];
};

/**
 * The conversions and refunds of a range with every contact of their lookback, by id: what direct and reset rules leave out
 * is among them, so that any model's credit can be worked out again. All of it is in memory: a day or a part of one at a time.
 */
export async function loadRunItems(db: Database, question: JourneyQuestion): Promise<RunItem[]> {
  const rows = await journeyRows<RunItemRow>(db, runItems(question));
  return rows.map(({ n, touches, paid, isForeign, ...item }) => ({
    ...item,
    ...(paid ? { paid } : {}),
    ...(isForeign ? { isForeign } : {}),
    kind: n === 0 ? "refund" : "conversion",
    touches: touches.map(([id, atMs, rank, key, isDirect]) => ({ id, atMs, rank, key, isDirect })),
  }));
}

/** The statement of `loadRunItems`, by itself for the tests of its plan. */
export function runItems(question: JourneyQuestion): SQL {
  const { siteId, customer } = question;
  // With a kind of customer it is there already.
  const previous = customer === null ? sql`, ${previousConversions(siteId)}` : sql.empty();
  return sql`
    with ${journeys({ ...question, direct: "keep", reset: false, inOneCurrency: true })} ${previous},
    way as (
      select item_id, json_agg(json_build_array(touchpoint_id, ${ms(sql`at`)}, rank, key, channel = 'direct')
        order by ${TOUCH_ORDER}) as touches
      from journey group by item_id
    )
    select i.item_id as id, i.n, ${ms(sql`i.item_at`)} as "atMs", ${ms(sql`i.converted_at`)} as "convertedAtMs",
      ${ms(sql`p.at`)} as "previousAtMs", i.before_minor::float8 as "beforeMinor", i.after_minor::float8 as "afterMinor",
      case when i.paid_in <> i.currency or i.is_foreign then json_build_object('currency', i.paid_in,
        'beforeMinor', i.paid_before, 'afterMinor', i.paid_after) end as paid, i.is_foreign as "isForeign", coalesce(w.touches, '[]') as touches
    from item i
    left join way w on w.item_id = i.item_id
    left join previous p on p.item_id = i.item_id
    order by i.item_id`;
}

function ms(instant: SQL): SQL {
  return sql`(extract(epoch from ${instant}) * 1000)::float8`;
}
