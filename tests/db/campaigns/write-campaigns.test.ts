import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { archiveCampaign } from "#usecases/campaigns/archive-campaign.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { getCampaign } from "#usecases/campaigns/get-campaign.ts";
import { listCampaigns } from "#usecases/campaigns/list-campaigns.ts";
import { updateCampaign } from "#usecases/campaigns/update-campaign.ts";
import type { UpdateCampaignRequest } from "#contract/campaigns.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { createUser, keyPrincipal, siteRef, testDeps, valueOf, type TestDeps } from "./campaign-deps.ts";

let database: TestDatabase;
let site: TestSite;
let deps: TestDeps;

beforeAll(async () => {
  database = await createDatabase();
});

async function freshSite() {
  site = await createSite(database.db);
  deps = testDeps(database.db);
  return { site: siteRef(site), principal: keyPrincipal(site) };
}

async function make(name: string, more: object = {}) {
  const asker = { site: siteRef(site), principal: keyPrincipal(site) };
  return await createCampaign(deps, { ...asker, request: { name, channel: "email", ...more } });
}

async function patch(campaignId: string, request: UpdateCampaignRequest) {
  return await updateCampaign(deps, { principal: keyPrincipal(site), campaignId, request });
}

async function matcherVersion(): Promise<number> {
  const { rows } = await database.db.execute<{ v: number }>(
    sql`select matcher_version as v from site.sites where id = ${site.siteId}`,
  );
  return rows[0]?.v ?? 0;
}

async function countOf(table: string): Promise<number> {
  const { rows } = await database.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.raw(table)} where site_id = ${site.siteId}`,
  );
  return rows[0]?.n ?? 0;
}

test("a campaign without matchers answers to its name, and history is matched anew", async () => {
  await freshSite();
  const campaign = valueOf(await make("  Spring Sale".trim()));

  expect(campaign).toMatchObject({
    name: "Spring Sale",
    status: "active",
    currency: "EUR",
    budget: null,
    matchers: [{ kind: "utm_campaign", value: "spring sale" }],
    archivedAt: null,
  });
  expect(campaign.id).toMatch(/^cmp_/);
  expect(deps.sent).toEqual([{ v: 1, kind: "rematch-sources", database: "main", siteId: site.siteId }]);
  expect(await matcherVersion()).toBe(2);
  expect(
    valueOf(await getCampaign(deps, { principal: keyPrincipal(site), campaignId: campaign.id })),
  ).toEqual(campaign);
});

test("every field is kept as given, money in minor units", async () => {
  await freshSite();
  const campaign = valueOf(
    await make("Full", {
      status: "draft",
      startsOn: "2026-03-01",
      endsOn: "2026-03-31",
      budgetMinor: 9_007_199_254_740_991,
      currency: "JPY",
      goal: "sell",
      targetCpaMinor: 0,
      targetRoas: 2.5,
      owner: "Ann",
      notes: "",
      matchers: [
        { kind: "promo_code", value: "save10" },
        { kind: "utm_pair", value: "Google/CPC" },
        { kind: "promo_code", value: "SAVE10" },
      ],
    }),
  );

  const read = valueOf(await getCampaign(deps, { principal: keyPrincipal(site), campaignId: campaign.id }));
  expect(read).toMatchObject({
    status: "draft",
    startsOn: "2026-03-01",
    endsOn: "2026-03-31",
    budget: { minor: 9_007_199_254_740_991, currency: "JPY" },
    targetCpa: { minor: 0, currency: "JPY" },
    targetRoas: 2.5,
    notes: null,
  });
  expect(read.matchers).toEqual([
    { kind: "promo_code", value: "SAVE10" },
    { kind: "utm_pair", value: "google / cpc" },
  ]);
});

test("a name is taken whatever its case, on this site only, and nothing of the second is written", async () => {
  await freshSite();
  valueOf(await make("Spring"));
  expect(await make("SPRING", { matchers: [] })).toMatchObject({ ok: false, error: { kind: "name_taken" } });
  expect(await countOf("site.campaigns")).toBe(1);

  await freshSite();
  expect((await make("Spring")).ok).toBe(true);
});

test("a matcher is taken by the campaign that is named, and nothing of the second is written", async () => {
  await freshSite();
  const first = valueOf(await make("Spring"));
  const second = await make("Autumn", {
    matchers: [
      { kind: "utm_campaign", value: "autumn" },
      { kind: "utm_campaign", value: " SPRING " },
    ],
  });

  expect(second).toEqual({
    ok: false,
    error: {
      kind: "matcher_taken",
      path: "matchers.1.value",
      matcher: { kind: "utm_campaign", value: "spring" },
      takenBy: { id: first.id, name: "Spring", isArchived: false },
    },
  });
  expect(await countOf("site.campaigns")).toBe(1);
  expect(await countOf("site.campaign_matchers")).toBe(1);
  expect(deps.sent).toHaveLength(1);
});

test("two who take the same name at once: one has it", async () => {
  await freshSite();
  const outcomes = await Promise.all([make("Twin", { matchers: [] }), make("twin", { matchers: [] })]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test("a flight cannot end before it starts, nor be made so by changing one end", async () => {
  await freshSite();
  expect(await make("Bad", { startsOn: "2026-03-02", endsOn: "2026-03-01" })).toMatchObject({
    error: { kind: "invalid_flight" },
  });
  const campaign = valueOf(await make("Good", { startsOn: "2026-03-01", endsOn: "2026-03-01" }));
  expect(await patch(campaign.id, { startsOn: "2026-03-02" })).toMatchObject({
    error: { kind: "invalid_flight" },
  });
  expect((await patch(campaign.id, { startsOn: "2026-03-02", endsOn: null })).ok).toBe(true);
});

test("a patch writes what is given, clears what is null and leaves the rest", async () => {
  await freshSite();
  const campaign = valueOf(await make("Spring", { goal: "sell", budgetMinor: 100, owner: "Ann" }));
  const patched = valueOf(await patch(campaign.id, { goal: null, budgetMinor: 250, status: "paused" }));

  expect(patched).toMatchObject({
    goal: null,
    budget: { minor: 250, currency: "EUR" },
    owner: "Ann",
    status: "paused",
    matchers: campaign.matchers,
  });
  expect(await matcherVersion()).toBe(2);
  expect(deps.sent).toHaveLength(1);
});

test("changed matchers replace the set, free what is dropped and raise the version once", async () => {
  await freshSite();
  const first = valueOf(await make("Spring"));
  valueOf(await patch(first.id, { matchers: [{ kind: "utm_campaign", value: "Lenz" }] }));
  expect(await matcherVersion()).toBe(3);
  expect(deps.sent).toHaveLength(2);

  const second = valueOf(await make("Other", { matchers: [{ kind: "utm_campaign", value: "spring" }] }));
  expect(await patch(second.id, { matchers: [{ kind: "utm_campaign", value: "lenz" }] })).toMatchObject({
    error: { kind: "matcher_taken", takenBy: { name: "Spring" } },
  });
  const unchanged = await getCampaign(deps, { principal: keyPrincipal(site), campaignId: second.id });
  expect(valueOf(unchanged).matchers).toEqual([{ kind: "utm_campaign", value: "spring" }]);
});

test("a status goes only where it may, and says where that is", async () => {
  await freshSite();
  const campaign = valueOf(await make("Spring", { status: "draft" }));
  expect(await patch(campaign.id, { status: "paused" })).toEqual({
    ok: false,
    error: { kind: "status_conflict", from: "draft", to: "paused", possible: ["active"] },
  });
  for (const status of ["active", "completed", "active", "paused", "paused"] as const) {
    expect(valueOf(await patch(campaign.id, { status })).status).toBe(status);
  }
});

test("an archived campaign leaves the list and frees its name, but keeps matchers and history", async () => {
  await freshSite();
  const campaign = valueOf(await make("Spring"));
  const target = { principal: keyPrincipal(site), campaignId: campaign.id };
  expect((await archiveCampaign(deps, target)).ok).toBe(true);
  const archived = valueOf(await getCampaign(deps, target));
  expect((await archiveCampaign(deps, target)).ok).toBe(true);

  expect(archived.archivedAt).toBe("2026-03-09T10:00:00.000Z");
  expect(archived.matchers).toEqual(campaign.matchers);
  expect(await make("Spring")).toMatchObject({
    error: { kind: "matcher_taken", takenBy: { name: "Spring", isArchived: true } },
  });
  expect((await make("Spring", { matchers: [] })).ok).toBe(true);
  const listed = await listCampaigns(deps, {
    site: siteRef(site),
    status: undefined,
    search: undefined,
    afterId: null,
    limit: undefined,
  });
  expect(listed.items.map(({ id }) => id)).not.toContain(campaign.id);
});

test("the list pages without gaps while campaigns are made, and filters by status and by part of the name", async () => {
  await freshSite();
  for (const name of ["a", "b 50%", "c", "d", "e"]) valueOf(await make(name));
  const query = { site: siteRef(site), status: undefined, search: undefined, limit: 2 };
  const first = await listCampaigns(deps, { ...query, afterId: null });
  valueOf(await make("late"));
  const second = await listCampaigns(deps, { ...query, afterId: Number(first.next?.[0]) });
  const third = await listCampaigns(deps, { ...query, afterId: Number(second.next?.[0]) });

  expect([first, second, third].map((page) => page.items.map(({ name }) => name))).toEqual([
    ["e", "d"],
    ["c", "b 50%"],
    ["a"],
  ]);
  expect(third.next).toBeNull();
  const byName = await listCampaigns(deps, { ...query, search: " 50% ", afterId: null });
  expect(byName.items.map(({ name }) => name)).toEqual(["b 50%"]);
  const paused = await listCampaigns(deps, { ...query, status: "paused", afterId: null });
  expect(paused.items).toEqual([]);
});

test("another account's campaign is not there, to read, change or archive", async () => {
  await freshSite();
  const campaign = valueOf(await make("Mine"));
  const stranger = keyPrincipal(await createSite(database.db));
  const target = { principal: stranger, campaignId: campaign.id };

  expect(await getCampaign(deps, target)).toMatchObject({ error: { kind: "campaign_not_found" } });
  expect(await updateCampaign(deps, { ...target, request: { name: "Theirs" } })).toMatchObject({
    error: { kind: "campaign_not_found" },
  });
  expect(await archiveCampaign(deps, target)).toMatchObject({ error: { kind: "campaign_not_found" } });
  expect(valueOf(await getCampaign(deps, { ...target, principal: keyPrincipal(site) }))).toEqual(campaign);
});

test("the first campaign of a user is remembered once, and each change stands in the audit log", async () => {
  const asker = await freshSite();
  const user = await createUser(database.db, site, { email: `ttfv-${site.siteId}@example.test` });
  const first = valueOf(
    await createCampaign(deps, { ...asker, principal: user, request: { name: "One", channel: "email" } }),
  );
  const later = testDeps(database.db, new Date("2026-03-09T12:00:00.000Z"));
  await createCampaign(later, { ...asker, principal: user, request: { name: "Two", channel: "email" } });
  await archiveCampaign(deps, { principal: user, campaignId: first.id });

  const { rows: metrics } = await database.db.execute<{ minutes: number }>(sql`
    select extract(epoch from first_campaign_at - registered_at)::int / 60 as minutes
    from control.user_metrics where user_id = ${user.userId}`);
  expect(metrics).toEqual([{ minutes: 60 }]);
  const { rows: log } = await database.db.execute(sql`
    select action, subject, user_id as "userId" from control.audit_log
    where account_id = ${site.accountId} and subject = ${first.id} order by id`);
  expect(log).toEqual([
    { action: "campaign.create", subject: first.id, userId: user.userId },
    { action: "campaign.archive", subject: first.id, userId: user.userId },
  ]);
});

test("a queue that refuses costs no campaign: it is made, told to the operators, and its version says what is left", async () => {
  await freshSite();
  deps.vendors.queue = "down";
  expect((await make("Spring")).ok).toBe(true);
  expect(deps.logged).toEqual(["warn after_commit_failed"]);
  expect(await matcherVersion()).toBe(2);
});
