import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { fillTraffic } from "./fill-traffic.ts";
import { median, startTrafficDatabase } from "./traffic-database.ts";

const EVENTS = 100_000;
/** In an hour hardly a visitor comes twice: 25,000 sessions of a month's visitors. */
const VISITORS = 250_000;
const HOUR_MS = 3_600_000;
const ROUNDS = 7;
const TARGET = 3;

/**
 * Rolling up one hour of 100,000 events, from the lock to the commit, against one bare `GROUP BY` over the same events by
 * the same index: events by source with their distinct visitors. Beside it the roll of the whole day, which
 * counts every dimension.
 */
export async function bench() {
  const { db, client, siteId, stop } = await startTrafficDatabase();
  try {
    const fromMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 48 * HOUR_MS;
    await fillTraffic(client, { siteId, events: EVENTS, fromMs, toMs: fromMs + HOUR_MS, visitors: VISITORS });
    await client.query("vacuum analyze");
    const bucket = new Date(fromMs).toISOString();
    const range = [siteId, bucket, new Date(fromMs + HOUR_MS).toISOString()];
    const group = async (distinct: string) =>
      await client.query(
        `select source_id, count(*)${distinct} from site.events
         where site_id = $1 and occurred_at >= $2 and occurred_at < $3 group by 1`,
        range,
      );
    const startsOn = bucket.slice(0, 10);
    const ms: Record<"bare" | "visitors" | "hour" | "day", number[]> = {
      bare: [],
      visitors: [],
      hour: [],
      day: [],
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      ms.bare.push(await timedMs(async () => await group("")));
      ms.visitors.push(await timedMs(async () => await group(", count(distinct visitor_id)")));
      ms.hour.push(
        await timedMs(async () => await rollUpHours(db, siteId, [{ siteId, bucket, version: 1 }])),
      );
      ms.day.push(
        await timedMs(async () => await rollUpDay(db, { siteId, span: "day", startsOn, version: 1 })),
      );
    }
    const [bare, visitors, hour, day] = [
      median(ms.bare),
      median(ms.visitors),
      median(ms.hour),
      median(ms.day),
    ];
    return [
      {
        name: "rolling up an hour of 100,000 events ÷ a GROUP BY with distinct visitors",
        ratio: hour / visitors,
        target: TARGET,
        bound: "at most" as const,
        detail: `${hour.toFixed(0)} ms ÷ ${visitors.toFixed(0)} ms; a GROUP BY without visitors takes ${bare.toFixed(0)} ms`,
      },
      {
        name: "the same events as a day by every dimension ÷ that GROUP BY",
        ratio: day / visitors,
        target: null,
        detail: `${day.toFixed(0)} ms; a day that takes long is rolled the less often`,
      },
    ];
  } finally {
    await stop();
  }
}

async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
