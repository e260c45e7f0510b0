import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { fillTraffic } from "./fill-traffic.ts";
import { type BenchResult, median, timedMs } from "./bench-result.ts";
import { startTrafficDatabase, type TrafficDatabase } from "./traffic-database.ts";

const EVENTS = 100_000;
/** In an hour hardly a visitor comes twice: 25,000 sessions of a month's visitors. */
const VISITORS = 250_000;
/** The last hour of a day is followed by others like it, so that it has to be found, but not by its day. */
const LATER_HOURS = 4;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROUNDS = 9;
const TARGET = 3;

/** The figures of an hour's rows as an SQL author would ask for them; `BY_SOURCE` leaves out what a source counts for. */
const BARE = `
  select s.campaign_id, s.channel, count(*) filter (where e.type = 1) as impressions,
    count(*) filter (where e.type = 2) as clicks, count(*) filter (where e.type = 3) as pageviews
  from site.events e left join site.sources s on s.id = e.source_id
  where e.site_id = $1 and e.occurred_at >= $2 and e.occurred_at < $3
  group by 1, 2`;
const BY_SOURCE = `
  select source_id, count(*) from site.events
  where site_id = $1 and occurred_at >= $2 and occurred_at < $3 group by 1`;

/**
 * Rolling up one hour of 100,000 events with its 25,000 sessions, distinct visitors and 2,500 conversions, from the lock
 * to the commit, against one bare `GROUP BY` over the events. Beside it the roll of the whole day, which
 * counts every dimension.
 */
export async function bench(): Promise<BenchResult[]> {
  const traffic = await startTrafficDatabase();
  try {
    const fromMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS - HOUR_MS;
    await fillHours(traffic, fromMs);
    const { db, client, siteId } = traffic;
    const bucket = new Date(fromMs).toISOString();
    const range = [siteId, bucket, new Date(fromMs + HOUR_MS).toISOString()];
    const day = { siteId, span: "day" as const, startsOn: bucket.slice(0, 10), version: 1 };
    const ms: Timings = { bare: [], bySource: [], hour: [], day: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      ms.bare.push(await timedMs(async () => await client.query(BARE, range)));
      ms.bySource.push(await timedMs(async () => await client.query(BY_SOURCE, range)));
      ms.hour.push(
        await timedMs(async () => await rollUpHours(db, siteId, [{ siteId, bucket, version: 1 }])),
      );
      ms.day.push(await timedMs(async () => await rollUpDay(db, day)));
    }
    return summarise(ms);
  } finally {
    await traffic.stop();
  }
}

type Timings = Record<"bare" | "bySource" | "hour" | "day", number[]>;

async function fillHours({ client, siteId }: TrafficDatabase, firstMs: number): Promise<void> {
  for (let hour = 0; hour <= LATER_HOURS; hour += 1) {
    const fromMs = firstMs + hour * HOUR_MS;
    const toMs = fromMs + HOUR_MS;
    await fillTraffic(client, { siteId, events: EVENTS, fromMs, toMs, visitors: VISITORS });
  }
  await client.query("vacuum analyze");
}

function summarise(ms: Timings): BenchResult[] {
  const [bare, bySource, hour, day] = [median(ms.bare), median(ms.bySource), median(ms.hour), median(ms.day)];
  return [
    {
      name: "rolling up an hour of 100,000 events ÷ a bare GROUP BY over them, by campaign and channel",
      ratio: hour / bare,
      target: TARGET,
      bound: "at most" as const,
      detail:
        `${hour.toFixed(0)} ms ÷ ${bare.toFixed(0)} ms; counting them by source alone takes ` +
        `${bySource.toFixed(0)} ms, and ÷ that it is ${(hour / bySource).toFixed(1)}`,
    },
    {
      name: "the same events as a day by every dimension ÷ that GROUP BY",
      ratio: day / bare,
      target: null,
      detail: `${day.toFixed(0)} ms; a day that takes long is rolled the less often`,
    },
  ];
}
