import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Client } from "pg";

/** A node of EXPLAIN's answer, with the nodes below it. */
export type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  "Rows Removed by Join Filter"?: number;
  Plans?: Plan[];
};

const dialect = new PgDialect();

/**
 * How Postgres answers a query, which it does for that: in rows and pages, without reading the clock at each row.
 * Whatever the query or one of those before it writes is undone.
 */
export async function explain(client: Client, query: SQL, before: readonly SQL[] = []): Promise<Plan> {
  await client.query("begin");
  try {
    for (const statement of before) await run(client, statement);
    const { sql: text, params } = dialect.sqlToQuery(query);
    const { rows } = await client.query<{ "QUERY PLAN": { Plan: Plan }[] }>(
      `explain (analyze, buffers, timing off, format json) ${text}`,
      params,
    );
    const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
    if (!plan) throw new Error("EXPLAIN answered no plan");
    return plan;
  } finally {
    await client.query("rollback");
  }
}

/** Runs a query as it is. */
export async function run(client: Client, query: SQL): Promise<void> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  await client.query(text, params);
}

/** A plan's node and all below it. */
export function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** Pages that a node and all below it looked at, wherever they were found. */
export function buffersOf(plan: Plan): number {
  return (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
}

/**
 * Pairs of rows that joins put together and threw away again: where a nested loop goes over two sets without an index,
 * as many as one set times the other. EXPLAIN tells the mean of a node's loops, rounded down.
 */
export function thrownAwayOf(plan: Plan): number {
  return nodesOf(plan).reduce(
    (sum, node) => sum + (node["Rows Removed by Join Filter"] ?? 0) * (node["Actual Loops"] ?? 0),
    0,
  );
}

/**
 * The tables of these that are read from end to end, or would be if it came to it. A partition that holds nothing yet is
 * read in no time.
 */
export function scannedOf(plan: Plan, tables: RegExp): string[] {
  return nodesOf(plan).flatMap((node) => {
    const table = node["Relation Name"] ?? "";
    const isEmpty = node["Actual Loops"] !== 0 && buffersOf(node) === 0;
    return node["Node Type"] === "Seq Scan" && tables.test(table) && !isEmpty ? [table] : [];
  });
}

export type Growth = {
  /** The facts that are read from end to end when there are many. */
  scanned: string[];
  /** How many times as many pages are read then. */
  times: number;
};

export type Growing = {
  /** The tables that must not be read from end to end. */
  facts: RegExp;
  grow: () => Promise<void>;
  /** Fewer than this count as this many: of few pages a few more are many times as many. */
  fewPages?: number;
};

/**
 * Asks each question, lets the facts grow and asks again (decisions 32: from 20,000 rows to 200,000 of three sites, with
 * their statistics). What must not happen is in `scanned`, or a `times` above 3.
 */
export async function growthOf(
  questions: Readonly<Record<string, () => Promise<Plan>>>,
  { facts, grow, fewPages = 1 }: Growing,
): Promise<Record<string, Growth>> {
  const before = new Map<string, number>();
  for (const [name, ask] of Object.entries(questions)) before.set(name, buffersOf(await ask()));
  await grow();
  const growth: Record<string, Growth> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const plan = await ask();
    const times = buffersOf(plan) / Math.max(before.get(name) ?? 0, fewPages);
    growth[name] = { scanned: scannedOf(plan, facts), times };
  }
  return growth;
}

/** Those questions that scan facts or read more than three times as much, with what they did: there should be none. */
export function outgrown(growth: Readonly<Record<string, Growth>>): Record<string, Growth> {
  return Object.fromEntries(
    Object.entries(growth).filter(([, { scanned, times }]) => scanned.length > 0 || times > 3),
  );
}
