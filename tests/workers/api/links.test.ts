import { beforeAll, describe, expect, test } from "vitest";
import { link as linkShape, linkFigures } from "#contract/links.ts";
import { list } from "#contract/primitives.ts";
import { COLLECT_ORIGIN } from "#tests/support/start-workers.ts";
import { addProgram, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let site: { id: string; key: string };

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  const { body } = await owner.ask("POST /api/v1/sites", SHOP);
  site = { id: String(body["id"]), key: String(body["key"]) };
});

const DESTINATION = "https://shop.example/a?sig=%2F%2f#top";
const create = async (given: object, headers: Record<string, string> = {}) =>
  await owner.ask(`POST /api/v1/sites/${site.id}/links`, { destination: DESTINATION, ...given }, headers);
const make = async (given: object = {}) => {
  const answer = await create(given);
  expect(answer.status).toBe(201);
  return linkShape.parse(answer.body);
};
const atEdge = async (slug: string) => await (await api.edgeConfig()).get(`link:${slug}`, "json");

describe("a link", () => {
  test("is made with its campaign in the destination, and the edge knows it when that is answered", async () => {
    const campaign = await owner.ask(`POST /api/v1/sites/${site.id}/campaigns`, {
      name: "Spring Sale",
      channel: "email",
    });
    const made = await make({
      slug: "Spring-26",
      campaignId: campaign.body["id"],
      utm: { source: "news", medium: "email" },
    });

    expect(made).toMatchObject({
      slug: "spring-26",
      url: `${COLLECT_ORIGIN}/r/spring-26`,
      destination:
        "https://shop.example/a?sig=%2F%2f&utm_source=news&utm_medium=email&utm_campaign=spring%20sale#top",
      campaignId: campaign.body["id"],
    });
    expect(await atEdge("spring-26")).toMatchObject({
      siteKey: site.key,
      slug: "spring-26",
      destination: made.destination,
    });
  });

  test("without a slug gets one of seven characters that nobody mistakes", async () => {
    const made = await make();
    expect(made.slug).toMatch(/^[2-9a-hjkmnp-z]{7}$/);
    expect(await atEdge(made.slug)).toMatchObject({ destination: DESTINATION });
  });

  test("is refused a slug that any site has", async () => {
    await make({ slug: "taken-one" });
    const stranger = await signUp(api);
    const { body } = await stranger.ask("POST /api/v1/sites", SHOP);
    const answer = await stranger.ask(`POST /api/v1/sites/${String(body["id"])}/links`, {
      destination: DESTINATION,
      slug: "taken-one",
    });
    expect([answer.status, answer.body["code"]]).toEqual([409, "slug_taken"]);
    expect(answer.body["errors"]).toMatchObject([{ path: "slug" }]);
    expect(await atEdge("taken-one")).toMatchObject({ siteKey: site.key });
  });

  test("made again with the same Idempotency-Key is the same one", async () => {
    const key = { "idempotency-key": "link-once" };
    const first = await create({}, key);
    const again = await create({}, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });

  test.each([
    [{ destination: "ftp://shop.example/" }, "destination"],
    [{ destination: "https://me:secret@shop.example/" }, "destination"],
    [{ destination: "//shop.example" }, "destination"],
    [{ destination: "https://:80/" }, "destination"],
    [{ slug: "-x" }, "slug"],
    [{ slug: "a b" }, "slug"],
  ])("with %j is refused at %s", async (given, path) => {
    const answer = await create(given);
    expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
    expect(answer.body["errors"]).toMatchObject([{ path }]);
  });

  test("of a campaign that is not this site's is not made", async () => {
    const answer = await create({ campaignId: "cmp_1111111111111111111111", slug: "not-made" });
    expect([answer.status, answer.body["code"]]).toEqual([404, "not_found"]);
    expect(await atEdge("not-made")).toBeNull();
  });

  test("that is archived leaves list and edge, and its slug is not given again", async () => {
    const made = await make({ slug: "short-life" });
    expect((await owner.ask(`DELETE /api/v1/links/${made.id}`)).status).toBe(204);
    expect((await owner.ask(`DELETE /api/v1/links/${made.id}`)).status).toBe(204);
    expect(await atEdge("short-life")).toBeNull();
    expect((await owner.ask(`GET /api/v1/sites/${site.id}/links?limit=200`)).text).not.toContain(
      "short-life",
    );
    expect((await create({ slug: "short-life" })).status).toBe(409);
  });
});

test("the list pages without gap or repeat while links are made, and filters by campaign", async () => {
  const campaign = await owner.ask(`POST /api/v1/sites/${site.id}/campaigns`, {
    name: "Pages",
    channel: "email",
  });
  const campaignId = String(campaign.body["id"]);
  for (const slug of ["page-1", "page-2", "page-3", "page-4", "page-5"]) await make({ slug, campaignId });
  await make({ slug: "of-no-campaign" });

  const slugs: string[] = [];
  let next: string | null = null;
  do {
    const after = next === null ? "" : `&after=${next}`;
    const answer = await owner.ask(
      `GET /api/v1/sites/${site.id}/links?limit=2&campaign=${campaignId}${after}`,
    );
    const page = list(linkShape).parse(answer.body);
    slugs.push(...page.items.map(({ slug }) => slug));
    next = page.next;
    await make({ campaignId });
  } while (next !== null);
  expect(slugs).toEqual(["page-5", "page-4", "page-3", "page-2", "page-1"]);
});

describe("the figures of links", () => {
  const RANGE = "from=2026-03-01&to=2026-03-31";
  const path = (query: string) => `GET /api/v1/sites/${site.id}/links/figures?${query}`;

  test("page as the list does, in its order", async () => {
    const listed = list(linkShape).parse(
      (await owner.ask(`GET /api/v1/sites/${site.id}/links?limit=3`)).body,
    );
    const first = linkFigures.parse((await owner.ask(path(`${RANGE}&limit=2`))).body);
    const second = linkFigures.parse((await owner.ask(path(`${RANGE}&limit=1&after=${first.next}`))).body);
    expect(first).toMatchObject({ siteId: site.id, currency: "EUR", range: { from: "2026-03-01" } });
    expect([...first.items, ...second.items].map(({ linkId }) => linkId)).toEqual(
      listed.items.map(({ id }) => id),
    );
  });

  test.each([
    ["from=2026-03-02&to=2026-03-01", 400, "invalid_range"],
    ["from=2026-03-01", 400, "invalid_request"],
    [`${RANGE}&after=x`, 400, "invalid_cursor"],
    [`${RANGE}&campaign=cmp_1111111111111111111111`, 404, "not_found"],
  ])("asked for %s are refused with %i %s", async (query, status, code) => {
    const answer = await owner.ask(path(query));
    expect([answer.status, answer.body["code"]]).toEqual([status, code]);
  });

  test("are not for another account, nor for a key that may only change links", async () => {
    const stranger = await signUp(api);
    expect((await stranger.ask(path(RANGE))).status).toBe(404);
    const changer = await addProgram(api, owner, ["campaigns:write"]);
    expect((await changer.ask(path(RANGE))).status).toBe(403);
    const reader = await addProgram(api, owner, ["analytics:read"]);
    expect((await reader.ask(path(RANGE))).status).toBe(200);
  });
});
