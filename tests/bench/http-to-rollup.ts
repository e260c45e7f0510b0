import { EVERY_MINUTE } from "#scripts/stack/workers/cron-ticker.ts";
import { type BenchResult, median, perSecond, timedMs } from "./bench-result.ts";
import { sendEvents } from "./http-load.ts";
import { benchShapes, type StackBench, untilStored } from "./stack-site.ts";

const SHAPES = [
  { eventsABody: 1, events: 1_000 },
  { eventsABody: 20, events: 10_000 },
];

/** From the first request until the rollups have all events, through the whole local stack, sender included. */
export async function bench(): Promise<BenchResult[]> {
  return await benchShapes(SHAPES, { measure, summarise });
}

type Shape = (typeof SHAPES)[number];
type Round = { acceptedMs: number; rolledMs: number };

async function measure(stage: StackBench, shape: Shape): Promise<Round> {
  const { key, siteId } = await stage.newSite();
  const acceptedMs = await timedMs(
    async () => await sendEvents({ siteKey: key, ...shape, post: stage.post }),
  );
  const laterMs = await timedMs(async () => {
    await untilStored(stage.database, siteId, shape.events);
    while ((await rolledUp(stage, siteId)) < shape.events) await stage.stack.workers.runCron(EVERY_MINUTE);
  });
  return { acceptedMs, rolledMs: acceptedMs + laterMs };
}

async function rolledUp({ database }: StackBench, siteId: number): Promise<number> {
  const { rows } = await database.query<{ pageviews: number }>(
    `select coalesce(sum(pageviews), 0)::int as pageviews from site.rollup_hours
     where site_id = $1 and scope = 'site' and dimension = 'all'`,
    [siteId],
  );
  return rows[0]?.pageviews ?? 0;
}

function summarise({ eventsABody, events }: Shape, rounds: readonly Round[]): BenchResult {
  const acceptedMs = median(rounds.map((round) => round.acceptedMs));
  const rolledMs = median(rounds.map((round) => round.rolledMs));
  return {
    name: `HTTP to rolled up, ${eventsABody} event${eventsABody === 1 ? "" : "s"} a body`,
    ratio: null,
    target: null,
    detail:
      `${events} events, medians of ${rounds.length}: accepted ${perSecond(events, acceptedMs)}, ` +
      `rolled up ${perSecond(events, rolledMs)} (a second of it is what the queue waits for a batch to fill)`,
  };
}
