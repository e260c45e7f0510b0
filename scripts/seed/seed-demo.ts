import type { CreatedApiKey } from "#contract/accounts.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { ImportAnswer } from "#contract/events.ts";
import type { Site } from "#contract/sites.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { signIn, type WaymarkClient } from "#scripts/client/waymark-client.ts";
import type { Stack } from "#scripts/stack/stack.ts";
import { EVERY_MINUTE } from "#scripts/stack/workers/cron-ticker.ts";
import { demoEvents, type DemoEvent } from "./demo-events.ts";
import { followLinks } from "./demo-links.ts";
import { addDemoReports } from "./demo-reports.ts";
import { DEMO_CAMPAIGNS, type DemoCampaign } from "./demo-plan.ts";
import { seededRandom } from "./seeded-random.ts";

const LOGIN = { email: "demo@waymark.example", password: "waymark-demo" };
const TIME_ZONE = "Europe/Berlin";
const EVENTS_A_CALL = 1_000;
const SPONSORED = "Morning Hours podcast";

/** Fills an empty Waymark with a small coffee shop, through the same API that everybody uses. */
export async function seedDemo(stack: Stack): Promise<{ email: string; password: string; siteKey: string }> {
  const people = { name: "Mira Lindqvist", accountName: "Harbour Coffee" };
  const client = await signIn(stack.appOrigin, LOGIN, people);
  await confirm(stack, client);
  const site = await client.request<Site>("POST", "/sites", {
    name: "Harbour Coffee",
    domain: "harbour-coffee.example",
    timeZone: TIME_ZONE,
    currency: "EUR",
    ownDomains: ["localhost"],
    marginPercent: 58,
  });
  const campaigns: Campaign[] = [];
  for (const campaign of DEMO_CAMPAIGNS) campaigns.push(await addCampaign(client, site, campaign));
  await importAll(client, site, [...demoEvents(Date.now()), ...(await followLinks(stack))]);
  // The figures are there when somebody looks, not at the next minute.
  await stack.workers.runCron(EVERY_MINUTE);
  const sponsored = campaigns.find(({ name }) => name === SPONSORED);
  if (sponsored === undefined) throw new Error(`The demo has no campaign ${SPONSORED}`);
  const recipient = stack.mailUrl === undefined ? null : LOGIN.email;
  await addDemoReports(client, { siteId: site.id, sponsored, recipient });
  return { ...LOGIN, siteKey: site.key };
}

/** Opens the confirmation mail as a person would. Where mail really goes out, that is up to the person. */
async function confirm(stack: Stack, client: WaymarkClient): Promise<void> {
  if (stack.mailUrl === undefined) return;
  const query = `${stack.mailUrl}/api/messages?to=${encodeURIComponent(LOGIN.email)}`;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const text = await (await fetch(query)).text();
    const [, token] = /confirm\?token=([\w-]+)/.exec(text) ?? [];
    if (token !== undefined) {
      await client.request("POST", "/auth/confirm", { token });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Cannot confirm the demo's address: its mail did not arrive");
}

async function addCampaign(client: WaymarkClient, site: Site, plan: DemoCampaign): Promise<Campaign> {
  const today = siteDay(Date.now(), TIME_ZONE);
  const { name, channel, goal, owner, notes, matchers, budgetMinor, targetRoas } = plan;
  const startsOn = addDays(today, -plan.startDay);
  const endsOn = addDays(today, -plan.endDay);
  const campaign = await client.request<Campaign>("POST", `/sites/${site.id}/campaigns`, {
    name,
    channel,
    goal,
    owner,
    notes,
    matchers,
    budgetMinor,
    targetRoas,
    startsOn,
    endsOn,
    status: plan.status === "draft" ? "draft" : "active",
  });
  if (plan.shortLink) {
    const { slug, note } = plan.shortLink;
    const [code] = matchers ?? [];
    await client.request("POST", `/sites/${site.id}/links`, {
      slug,
      note,
      destination: "https://harbour-coffee.example/",
      campaignId: campaign.id,
      utm: { source: slug, medium: channel, campaign: code?.value },
    });
  }
  const rows = spendRows(plan, today);
  if (rows.length > 0) await client.request("PUT", `/campaigns/${campaign.id}/spend`, { rows });
  if (plan.status === "completed" || plan.status === "paused") {
    await client.request("PATCH", `/campaigns/${campaign.id}`, { status: plan.status });
  }
  return campaign;
}

/** A little more or less each day, as a real account has it. */
function spendRows(plan: DemoCampaign, today: string): { day: string; amountMinor: number }[] {
  if (plan.dailySpendMinor === 0) return [];
  const random = seededRandom(plan.dailySpendMinor);
  const rows = [];
  for (let daysAgo = plan.startDay; daysAgo >= Math.max(0, plan.endDay); daysAgo -= 1) {
    const amountMinor = Math.round(plan.dailySpendMinor * (0.8 + random.next() * 0.4));
    rows.push({ day: addDays(today, -daysAgo), amountMinor });
  }
  return rows;
}

async function importAll(client: WaymarkClient, site: Site, events: readonly DemoEvent[]): Promise<void> {
  const key = await client.request<CreatedApiKey>("POST", "/api-keys", {
    name: "Demo import",
    scopes: ["events:write"],
  });
  const keyed = client.withKey(key.key);
  for (let start = 0; start < events.length; start += EVENTS_A_CALL) {
    const part = events.slice(start, start + EVENTS_A_CALL);
    const answer = await keyed.request<ImportAnswer>("POST", "/events", { siteId: site.id, events: part });
    const [refused] = answer.rejected;
    if (refused) throw new Error(`Cannot import the demo: event ${refused.index}, ${refused.message}`);
  }
  await client.request("DELETE", `/api-keys/${key.id}`);
}
