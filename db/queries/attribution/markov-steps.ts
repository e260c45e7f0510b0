import { sql, type SQL } from "drizzle-orm";

import { MAX_STATES } from "#core/attribution/markov/markov-credit.ts";
import { BUCKETS, END, START, type MarkovCounts } from "#core/attribution/markov/markov-counts.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import { bytesOfBase64 } from "#db/queries/rollups/base64.ts";
import { journeys, type JourneyQuestion } from "./journey.ts";
import { TOUCH_ORDER } from "./touch-order.ts";

export type MarkovStepsQuestion = JourneyQuestion & {
  markov: MarkovOptions;
  /** Of a chain with more the steps are not wanted; absent: of any that is solved. */
  mostStates?: number;
};

/** A state is up to three group numbers in one bigint, the last touch's in the low bits; 0: the journey is shorter. */
const GROUP_BITS = 21;
const GROUP_MASK = 2 ** GROUP_BITS - 1;

/** Two states of 16 bits, there being 1,800 at most, and a count of 32. */
const MOVE_BYTES = 8;

/** More steps by bucket than a Worker shall hold: then they are summed over the buckets, and there are no intervals. */
const MOST_STEPS = 200_000;

/**
 * What the chain of a range is made of: how often journeys went from state to state, by 100 buckets of persons, of
 * converting and of null journeys (decisions 19); see `core/attribution/markov/markov-counts`. One row a kind and
 * bucket, endings with their value and all other steps as bytes, beside one row (`kind` null) with the states, the groups that they are of and
 * what there is to share out, refunds included. More states than wanted, or than the 1,800 there may be, come as their
 * number alone.
 *
 * States are k-grams of groups: the step into a touch's state is told with that into its journey's end, so that steps
 * are grouped once, and the few that are left are taken apart.
 */
export function markovSteps(question: MarkovStepsQuestion): SQL {
  const { order, nullJourneys } = question.markov;
  const mostStates = Math.min(question.mostStates ?? MAX_STATES, MAX_STATES);
  return sql`
    with ${journeys({ ...question, inOneCurrency: true, nullJourneys, numbered: true })},
    gram as (
      select item_id, at, rank, touchpoint_id, i, n, ${gramOf(order)} as state
      from journey
      window way as (partition by item_id order by ${TOUCH_ORDER})
    ),
    move as (
      select item_id, coalesce(lag(state) over way, ${START}) as before, state, i = n as is_last
      from gram
      where i >= least(${order}::int, n)
      window way as (partition by item_id order by ${TOUCH_ORDER})
    ),
    moved as materialized (
      select case when i.is_null then 'null' when i.n = 0 then 'refund' else 'converting' end as kind,
        ((uuid_hash_extended(i.person_id, 0) % ${BUCKETS}) + ${BUCKETS}) % ${BUCKETS} as bucket, m.before, m.state,
        count(*) as moves, count(*) filter (where m.is_last) as ends,
        coalesce(sum(i.after_minor - i.before_minor) filter (where m.is_last), 0) as value, bool_or(i.is_foreign) as is_foreign
      from move m join item i on i.item_id = m.item_id
      group by 1, 2, 3, 4
    ),
    ${numberedStates(mostStates)},
    ${folded()}
    ${answer()}`;
}

/** The last `order` groups of touch i, as one number. */
function gramOf(order: number): SQL {
  const slots = Array.from({ length: order }, (_, ago) =>
    ago === 0
      ? sql`g`
      : sql`(coalesce(lag(g, ${sql.raw(String(ago))}) over way, 0) << ${sql.raw(String(ago * GROUP_BITS))})`,
  );
  return sql.join(slots, sql` | `);
}

/** CTEs `state (state, no)` and `size`: states of the chain (a refund's journey is not in it), and whether they fit. */
function numberedStates(mostStates: number): SQL {
  return sql`
    state as materialized (
      select state, (row_number() over (order by state) - 1)::int as no
      from (select distinct state from moved where kind <> 'refund') as s
    ),
    size as materialized (
      select (select count(*) from state)::int as states,
        (select count(*) from state) <= ${mostStates} and (select coalesce(max(g), 0) from group_number) <= ${GROUP_MASK} as fits,
        (select count(*) from moved) > ${MOST_STEPS} as is_large
    )`;
}

/** CTE `step (kind, bucket, from_no, to_no, count, value)`. */
function folded(): SQL {
  const bucket = sql`case when z.is_large then 0 else m.bucket end`;
  return sql`
    step as (
      select m.kind, ${bucket} as bucket, coalesce(f.no, ${START}) as from_no, t.no as to_no, sum(m.moves) as count, 0::numeric as value
      from size z cross join moved m join state t on t.state = m.state left join state f on f.state = m.before
      where z.fits and m.kind <> 'refund' and m.before <> m.state
      group by 1, 2, 3, 4
      union all
      select m.kind, ${bucket}, t.no, ${END}, sum(m.ends), sum(m.value)
      from size z cross join moved m join state t on t.state = m.state
      where z.fits and m.kind <> 'refund' and m.ends > 0
      group by 1, 2, 3
    )`;
}

function answer(): SQL {
  const slot = (ago: number) =>
    sql`(s.state >> ${sql.raw(String(ago * GROUP_BITS))}) & ${sql.raw(String(GROUP_MASK))}`;
  return sql`
    select kind, bucket::int as bucket,
      json_agg(json_build_array(from_no, count, value)) filter (where to_no = ${END}) as ends,
      encode(string_agg(int2send(from_no::int2) || int2send(to_no::int2) || int4send(count::int4), ''::bytea)
        filter (where to_no <> ${END}), 'base64') as moves,
      null::json as whole
    from step
    group by kind, bucket
    union all
    select null, null, null, null, json_build_object(
      'states', z.states, 'fits', z.fits, 'isLarge', z.is_large,
      'grams', case when z.fits then (select coalesce(json_agg(json_build_array(${slot(2)}, ${slot(1)}, ${slot(0)}) order by s.no), '[]')
        from state s) end,
      'groups', case when z.fits then (
        select coalesce(json_agg(json_build_array(u.g, m.group_key::text) order by u.g), '[]')
        from (select ${slot(0)} as g from state s union select ${slot(1)} from state s union select ${slot(2)} from state s) as u
        left join group_number m on m.g = u.g
        where u.g > 0) end,
      'conversions', (select coalesce(sum(ends), 0) from moved where kind = 'converting'),
      'nulls', (select coalesce(sum(ends), 0) from moved where kind = 'null'),
      'value', (select coalesce(sum(value), 0) from moved where kind <> 'null'),
      'isForeign', (select coalesce(bool_or(is_foreign), false) from moved))
    from size z`;
}

type StepRow = {
  kind: "converting" | "null" | null;
  bucket: number | null;
  /** State, count and value of what ends there. */
  ends: [from: number, count: number, value: number][] | null;
  /** Steps into another state in base64: `MOVE_BYTES` each, from, to and count, big-endian. */
  moves: string | null;
  whole: Whole | null;
};

type Whole = {
  states: number;
  fits: boolean;
  isLarge: boolean;
  grams: [number, number, number][] | null;
  groups: [number, string | null][] | null;
  conversions: number;
  nulls: number;
  value: number;
  isForeign: boolean;
};

export type MarkovSteps = {
  /** Null: more states than were wanted, or than a chain may have. */
  counts: MarkovCounts | null;
  states: number;
  /** Of each of `counts.groups`; null for contacts in no group. */
  keys: (string | null)[];
  /** What there is to share out: conversions with a journey, and their value less refunds. */
  total: { conversions: number; value: number };
  /** Some of these have no rate: the value lacks theirs. */
  isRevenueForeign: boolean;
  nullJourneys: number;
  /** Whether the steps are known by bucket. */
  hasBuckets: boolean;
};

/** The rows of `markovSteps`. */
export function readMarkovSteps(rows: readonly Record<string, unknown>[]): MarkovSteps {
  const steps = rows as StepRow[];
  const whole = steps.find((row) => row.whole !== null)?.whole;
  if (!whole) throw new Error("The steps came without their states");
  const groups = whole.groups ?? [];
  const placeOf = new Map(groups.map(([g], place) => [g, place]));
  const counts = whole.fits && {
    groups: groups.map(([g]) => String(g)),
    states: (whole.grams ?? []).map((gram) => gram.filter((g) => g > 0).map((g) => placeOf.get(g) ?? 0)),
    converting: columns(steps.filter(({ kind }) => kind === "converting")),
    nulls: columns(steps.filter(({ kind }) => kind === "null")),
  };
  return {
    counts: counts || null,
    states: whole.states,
    keys: groups.map(([, key]) => key),
    total: { conversions: whole.conversions, value: whole.value },
    isRevenueForeign: whole.isForeign,
    nullJourneys: whole.nulls,
    hasBuckets: !whole.isLarge,
  };
}

/** Endings first, so that only they need a place for their value; of a large chain the columns are megabytes. */
function columns(rows: readonly StepRow[]): MarkovCounts["converting"] {
  const parts = rows.map(({ bucket, ends, moves }) => ({
    bucket: bucket ?? 0,
    ends: ends ?? [],
    moves: bytesOfBase64(moves ?? ""),
  }));
  const ends = parts.reduce((sum, part) => sum + part.ends.length, 0);
  const size = parts.reduce((sum, { moves }) => sum + moves.length / MOVE_BYTES, ends);
  const steps = {
    bucket: new Uint8Array(size),
    from: new Int16Array(size),
    to: new Int16Array(size),
    count: new Uint32Array(size),
    value: new Float64Array(ends),
  };
  let at = 0;
  for (const part of parts) {
    for (const [from, count, value] of part.ends) {
      steps.value[at] = value;
      putStep(steps, at, { bucket: part.bucket, from, to: END, count });
      at += 1;
    }
  }
  for (const { bucket, moves } of parts) {
    const view = new DataView(moves.buffer, moves.byteOffset, moves.length);
    for (let byte = 0; byte < moves.length; byte += MOVE_BYTES) {
      const [from, to] = [view.getInt16(byte), view.getInt16(byte + 2)];
      putStep(steps, at, { bucket, from, to, count: view.getUint32(byte + 4) });
      at += 1;
    }
  }
  return steps;
}

type StepColumns = { bucket: Uint8Array; from: Int16Array; to: Int16Array; count: Uint32Array };
type Step = { bucket: number; from: number; to: number; count: number };

function putStep(columns: StepColumns, at: number, { bucket, from, to, count }: Step): void {
  columns.bucket[at] = bucket;
  columns.from[at] = from;
  columns.to[at] = to;
  columns.count[at] = count;
}
