import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Attribution, AttributionReady } from "#contract/attribution.ts";
import type { Ledger } from "#contract/sites.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { signIn, type WaymarkClient } from "#scripts/client/waymark-client.ts";
import { journeyEvents } from "#scripts/replay/journey-events.ts";
import { parsePathFile } from "#scripts/replay/path-file.ts";
import { creditTable } from "#scripts/replay/print-credit.ts";
import { replayCampaigns, replaySite, withImportKey } from "#scripts/replay/replay-site.ts";
import { sendEvents } from "#scripts/replay/send-events.ts";

const USAGE =
  "npm run replay -- FILE.csv [--url http://localhost:8787] [--email …] [--password …] [--site NAME]";
const ROLLED_UP_WITHIN_MS = 1_800_000;
/** Four weeks of journeys, and the longest path before the first of them. */
const RANGE_DAYS = 40;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: "string", default: "http://localhost:8787" },
    email: { type: "string", default: "demo@waymark.example" },
    password: { type: "string", default: "waymark-demo" },
    site: { type: "string" },
  },
});
const [file] = positionals;
if (file === undefined) {
  console.error(USAGE);
  process.exit(2);
}
try {
  await replay(file);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function replay(path: string): Promise<void> {
  const lines = parsePathFile(await readFile(path, "utf8"));
  const client = await signIn(values.url, values);
  const site = await replaySite(client, values.site ?? `Replay of ${basename(path)}`);
  const tokens = [...new Set(lines.flatMap(({ touches }) => touches))].toSorted();
  const campaigns = await replayCampaigns(client, site.id, tokens);
  const baseMs = Date.parse(site.createdAt);
  const { events, roundedRows } = journeyEvents(lines, { baseMs, currency: site.currency, campaigns });
  console.log(
    `${path}: ${lines.length} rows, ${events.length} events, ${tokens.length} campaigns → site ${site.name}`,
  );
  console.log(
    `${roundedRows} rows hold a value that is not in whole cents: each row's total is rounded half away from zero to the cent, then split over its conversions to the cent.`,
  );

  const startedMs = Date.now();
  const sent = await withImportKey(client, async (keyed) => await sendEvents(keyed, site.id, events));
  const sentMs = Date.now();
  console.log(`Stored ${sent.accepted}, duplicates ${sent.duplicate}, rejected ${sent.rejected}.`);
  const credit = await rolledUp(client, { siteId: site.id, baseMs, sinceMs: sentMs });
  const doneMs = Date.now();

  console.log(`\n${creditTable(credit)}\n`);
  console.log(await ledgerLine(client, site.id));
  const rate = events.length / ((sentMs - startedMs) / 1000);
  console.log(
    `Sent in ${seconds(sentMs - startedMs)} (${Math.round(rate).toLocaleString("en")} events/s), rolled up ${seconds(doneMs - sentMs)} later.`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

type Awaited = { siteId: string; baseMs: number; sinceMs: number };

/** Waits until no hour is stale any more, then answers the credit by campaign. */
async function rolledUp(
  client: WaymarkClient,
  { siteId, baseMs, sinceMs }: Awaited,
): Promise<AttributionReady> {
  const today = siteDay(baseMs, "UTC");
  const query = `from=${addDays(today, -RANGE_DAYS)}&to=${addDays(today, 1)}&lookback=30&by=campaign`;
  const deadline = Date.now() + ROLLED_UP_WITHIN_MS;
  for (;;) {
    const credit = await client.request<Attribution>("GET", `/sites/${siteId}/attribution?${query}`);
    if (credit.status === "ready" && Date.parse(credit.basis.asOf) >= sinceMs) return credit;
    if (Date.now() > deadline)
      throw new Error("The hours were not rolled up within half an hour: is the jobs cron running?");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function ledgerLine(client: WaymarkClient, siteId: string): Promise<string> {
  const to = new Date(Date.now() + 3_600_000).toISOString();
  const from = new Date(Date.now() - 90 * 86_400_000).toISOString();
  const { totals, isBalanced } = await client.request<Ledger>(
    "GET",
    `/sites/${siteId}/ledger?from=${from}&to=${to}`,
  );
  const { received, stored, duplicate, bot, rejected, deadLettered } = totals;
  return `Ledger: received ${received} = stored ${stored} + duplicate ${duplicate} + bot ${bot} + rejected ${rejected} + dead-lettered ${deadLettered}: ${isBalanced ? "balanced" : "NOT BALANCED"}`;
}
