import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { CreateLinkRequest } from "#contract/links.ts";
import { archiveCampaign } from "#usecases/campaigns/archive-campaign.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { archiveLink } from "#usecases/links/archive-link.ts";
import { createLink } from "#usecases/links/create-link.ts";
import { listLinks } from "#usecases/links/list-links.ts";
import {
  keyPrincipal,
  siteRef,
  testDeps,
  valueOf,
  type TestDeps,
} from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";

let database: TestDatabase;
let site: TestSite;
let deps: TestDeps;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  deps = testDeps(database.db);
});

const asker = () => ({ site: siteRef(site), principal: keyPrincipal(site) });
const make = async (request: CreateLinkRequest) => await createLink(deps, { ...asker(), request });

async function campaign(name: string, matchers?: { kind: "utm_campaign" | "promo_code"; value: string }[]) {
  const request = { name, channel: "email", ...(matchers && { matchers }) };
  return valueOf(await createCampaign(deps, { ...asker(), request }));
}

async function slugsOf(): Promise<string[]> {
  const { rows } = await database.db.execute<{ slug: string }>(
    sql`select slug from control.link_slugs where site_id = ${site.siteId} order by slug`,
  );
  return rows.map(({ slug }) => slug);
}

test("a link is listed with the name of its campaign, when that is archived too, or with none", async () => {
  const { id } = await campaign("Autumn");
  valueOf(await make({ destination: "https://shop.example/", campaignId: id }));
  valueOf(await make({ destination: "https://shop.example/" }));
  valueOf(await archiveCampaign(deps, { principal: keyPrincipal(site), campaignId: id }));
  const { items } = valueOf(
    await listLinks(deps, { site: siteRef(site), campaignId: undefined, afterId: null, limit: 5 }),
  );
  expect(items.map((link) => [link.campaignId, link.campaign])).toEqual([
    [null, null],
    [id, "Autumn"],
  ]);
});

test("a campaign's link names the campaign in its destination and is known to the edge", async () => {
  const { id } = await campaign("Spring Sale");
  const before = deps.sent.length;
  const link = valueOf(
    await make({ destination: "https://shop.example/a?x=1#top", slug: "spring", campaignId: id, note: "" }),
  );

  expect(link).toMatchObject({
    slug: "spring",
    url: "https://c.test/r/spring",
    destination: "https://shop.example/a?x=1&utm_campaign=spring%20sale#top",
    campaignId: id,
    campaign: "Spring Sale",
    note: null,
  });
  expect(deps.projected.get("spring")).toEqual({
    siteId: site.siteId,
    siteKey: site.siteKey,
    slug: "spring",
    destination: link.destination,
  });
  expect(deps.sent.slice(before)).toEqual([
    { v: 1, kind: "rematch-sources", database: "main", siteId: site.siteId },
  ]);
});

test("what the request or the destination says of the campaign stays", async () => {
  const { id } = await campaign("Spring");
  const own = valueOf(
    await make({ destination: "https://shop.example/?utm_campaign=theirs", campaignId: id }),
  );
  const asked = valueOf(
    await make({
      destination: "https://shop.example/",
      campaignId: id,
      utm: { campaign: "mine", source: "x" },
    }),
  );
  const { id: promoOnly } = await campaign("Promo", [{ kind: "promo_code", value: "SAVE10" }]);
  const plain = valueOf(await make({ destination: "https://shop.example/", campaignId: promoOnly }));

  expect([own, asked, plain].map(({ destination }) => destination)).toEqual([
    "https://shop.example/?utm_campaign=theirs",
    "https://shop.example/?utm_source=x&utm_campaign=mine",
    "https://shop.example/",
  ]);
});

test("a link without slug gets a free one of seven characters, and matches nothing anew without a campaign", async () => {
  const words = ["taken22", "taken22", "free234"];
  deps.ids = { ...deps.ids, word: () => words.shift() ?? "" };
  const other = await make({ destination: "https://shop.example/" });
  const link = valueOf(await make({ destination: "https://shop.example/" }));

  expect(valueOf(other).slug).toBe("taken22");
  expect(link.slug).toBe("free234");
  expect(deps.sent).toEqual([]);
});

test("a slug is taken for all sites, and the refused link leaves nothing behind", async () => {
  valueOf(await make({ destination: "https://shop.example/", slug: `mine-${site.siteId}` }));
  const slug = `mine-${site.siteId}`;
  const first = site;
  site = await createSite(database.db);

  expect(await make({ destination: "https://other.example/", slug })).toEqual({
    ok: false,
    error: { kind: "slug_taken", slug },
  });
  expect(await slugsOf()).toEqual([]);
  expect(deps.projected.get(slug)).toMatchObject({ siteId: first.siteId });
});

test.each([
  ["ftp://shop.example/", "not_http"],
  ["https://bank.example@evil.example/", "has_password"],
  ["https://shop.example:99999/", "not_an_address"],
  [`https://shop.example/${"a".repeat(2_040)}`, "too_long"],
])("a destination like %s is refused and takes no slug", async (destination, reason) => {
  expect(await make({ destination, slug: "never-made" })).toEqual({
    ok: false,
    error: { kind: "invalid_destination", reason },
  });
  expect(await slugsOf()).toEqual([]);
});

test("a destination is kept as a header can carry it", async () => {
  const link = valueOf(await make({ destination: "https://müller.example/straße?q=ü" }));
  expect(link.destination).toBe("https://xn--mller-kva.example/stra%C3%9Fe?q=%C3%BC");
});

test("another site's campaign is unknown here", async () => {
  const { id: campaignId } = await campaign("Elsewhere");
  site = await createSite(database.db);
  expect(await make({ destination: "https://shop.example/", campaignId })).toEqual({
    ok: false,
    error: { kind: "unknown_campaign", campaignId },
  });
  expect(await listLinks(deps, { site: siteRef(site), campaignId, afterId: null, limit: 5 })).toMatchObject({
    error: { kind: "unknown_campaign" },
  });
});

test("an archived link leaves list and edge; its slug stays taken", async () => {
  const slug = `gone-${site.siteId}`;
  const link = valueOf(await make({ destination: "https://shop.example/", slug }));
  const stranger = keyPrincipal(await createSite(database.db));
  expect(await archiveLink(deps, { principal: stranger, linkId: link.id })).toMatchObject({
    error: { kind: "link_not_found" },
  });
  expect(deps.projected.has(slug)).toBe(true);

  const target = { principal: keyPrincipal(site), linkId: link.id };
  expect((await archiveLink(deps, target)).ok).toBe(true);
  expect((await archiveLink(deps, target)).ok).toBe(true);
  expect(deps.projected.has(slug)).toBe(false);
  const page = valueOf(
    await listLinks(deps, { site: siteRef(site), campaignId: undefined, afterId: null, limit: 5 }),
  );
  expect(page.items).toEqual([]);
  expect(await make({ destination: "https://shop.example/", slug })).toMatchObject({
    error: { kind: "slug_taken" },
  });
});

test("the list pages by key and filters by campaign", async () => {
  const { id: campaignId } = await campaign("Spring");
  for (const name of ["a", "b", "c"]) {
    valueOf(await make({ destination: `https://shop.example/${name}`, campaignId }));
  }
  valueOf(await make({ destination: "https://shop.example/none" }));
  const query = { site: siteRef(site), campaignId, limit: 2 };
  const first = valueOf(await listLinks(deps, { ...query, afterId: null }));
  const second = valueOf(await listLinks(deps, { ...query, afterId: Number(first.next?.[0]) }));

  const paths = [...first.items, ...second.items].map(({ destination }) => new URL(destination).pathname);
  expect(paths).toEqual(["/c", "/b", "/a"]);
  expect(second.next).toBeNull();
});

test("an edge that cannot be written costs no link: the cron puts it there", async () => {
  deps.vendors.edge = "down";
  expect((await make({ destination: "https://shop.example/" })).ok).toBe(true);
  expect(deps.logged).toEqual(["warn after_commit_failed"]);
});
