import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { journeys, type JourneyQuestion } from "./journey.ts";

/** All that a range earned, with the sums of squares person by person (decisions 26). */
export type TotalSquares = {
  conversions: number;
  conversionsSquared: number;
  revenueMinor: number;
  revenueSquared: number;
};

/** The same under every model that shares out each conversion, so it is asked for once. */
export async function loadTotalSquares(db: Database, question: JourneyQuestion): Promise<TotalSquares> {
  const { rows } = await db.execute<{ n: number; n2: number; minor: number; minor2: number }>(sql`
    with ${journeys({ ...question, inOneCurrency: true })},
    total_person as (
      select sum(n)::float8 as n, sum((after_minor - before_minor)::float8) as minor from item group by person_id
    )
    select coalesce(sum(n), 0) as n, coalesce(sum(n * n), 0) as n2, coalesce(sum(minor), 0) as minor,
      coalesce(sum(minor * minor), 0) as minor2
    from total_person`);
  const [row] = rows;
  if (!row) throw new Error("The squares came without their sums");
  const { n, n2, minor, minor2 } = row;
  return { conversions: n, conversionsSquared: n2, revenueMinor: minor, revenueSquared: minor2 };
}
