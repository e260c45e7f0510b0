import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { site as siteShape, type Site } from "#contract/sites.ts";
import { installCheck, trackingDetails, trackingHealth } from "#contract/tracking.ts";
import { eventId, visitorId } from "#tests/support/messages.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";
import { withinOneMinute } from "./within-one-minute.ts";

type Page = (request: IncomingMessage, response: ServerResponse) => void;

let api: RunningApi;
let owner: Person;
let stranger: Person;
let shop: Server;
let port: number;
/** What the shop answers at a path. */
const pages = new Map<string, Page>();
let asked: string[] = [];

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  stranger = await signUp(api);
  shop = createServer((request, response) => {
    asked.push(request.url ?? "");
    const page = pages.get(request.url ?? "");
    if (page) page(request, response);
    else response.writeHead(404).end("nothing");
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  ({ port } = shop.address() as AddressInfo);
});

afterAll(async () => {
  shop.closeAllConnections();
  shop.close();
});

async function addSite(person = owner, given: object = {}): Promise<Site> {
  const answer = await person.ask("POST /api/v1/sites", { ...SHOP, domain: `localhost:${port}`, ...given });
  expect(answer.status).toBe(201);
  return siteShape.parse(answer.body);
}

const html =
  (body: string, headers: Record<string, string> = {}): Page =>
  (_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  };

async function check(site: Site, body: object = {}) {
  const answer = await owner.ask(`POST /api/v1/sites/${site.id}/install-check`, body);
  expect([answer.status, answer.text]).toMatchObject([200, expect.any(String)]);
  return installCheck.parse(answer.body);
}
const codesOf = async (site: Site, body: object = {}) =>
  (await check(site, body)).findings.map(({ code }) => code);

describe("tracking health", () => {
  test("of a new site is never, and after its first events says which pages report", async () => {
    const site = await addSite();
    const before = trackingHealth.parse(
      (await owner.ask(`GET /api/v1/sites/${site.id}/tracking-health`)).body,
    );
    expect(before).toMatchObject({ state: "never", lag: null });

    const program = await addProgram(api, owner, ["events:write", "events:read"]);
    const at = Date.now() - 1_000;
    const event = {
      id: eventId(at),
      at,
      type: "pageview",
      visitor: visitorId(),
      url: "https://shop.example/a",
    };
    expect((await program.ask("POST /api/v1/events", { siteId: site.id, events: [event] })).status).toBe(200);

    const after = trackingHealth.parse(
      (await program.ask(`GET /api/v1/sites/${site.id}/tracking-health`)).body,
    );
    expect(after).toMatchObject({
      state: "healthy",
      lastEvent: { page: "shop.example/a" },
      recent: { stored: 1 },
    });
    expect(after.lag?.bodies).toBe(1);
    const details = trackingDetails.parse(
      (await owner.ask(`GET /api/v1/sites/${site.id}/tracking-details`)).body,
    );
    expect(details).toMatchObject({ looked: { events: 1, isWhole: true }, pages: [] });
  });

  test("is for those who may read events, of sites that are theirs", async () => {
    const site = await addSite();
    const viewer = await addMember(api, owner, "viewer");
    const client = await addMember(api, owner, "client");
    const writer = await addProgram(api, owner, ["events:write"]);
    for (const name of ["tracking-health", "tracking-details"]) {
      const route = `GET /api/v1/sites/${site.id}/${name}`;
      const seen = [viewer, client, writer, stranger].map(async (person) => (await person.ask(route)).status);
      expect([name, ...(await Promise.all(seen))]).toEqual([name, 200, 403, 403, 404]);
      expect((await ask(api, route)).status).toBe(401);
    }
    const route = `POST /api/v1/sites/${site.id}/install-check`;
    const seen = [client, writer, stranger].map(async (person) => (await person.ask(route, {})).status);
    expect(await Promise.all(seen)).toEqual([403, 403, 404]);
    expect((await ask(api, route, { body: {} })).status).toBe(401);
  });
});

describe("the installation check", () => {
  test("finds the snippet on the front page, or says what is there instead", async () => {
    const site = await addSite();
    pages.set("/", html(`<html><head>${site.snippet}</head></html>`));
    const good = await check(site);
    expect(good).toMatchObject({ url: `http://localhost:${port}/`, findings: [{ code: "installed" }] });
    pages.set("/", html("<html><head></head></html>"));
    expect((await check(site)).findings).toMatchObject([{ code: "snippet_missing", fix: site.snippet }]);
    pages.set("/", html(site.snippet.replace(site.key, "wms_other")));
    expect((await check(site)).findings).toMatchObject([
      { code: "wrong_key", found: "wms_other", expected: site.key },
    ]);
  });

  test("looks at the page that is named and reads its policy", async () => {
    const site = await addSite();
    pages.set("/shop", html(site.snippet, { "content-security-policy": "script-src 'self'; connect-src *" }));
    const found = await check(site, { url: `http://localhost:${port}/shop` });
    expect(found.url).toBe(`http://localhost:${port}/shop`);
    expect(found.findings).toMatchObject([{ code: "policy_blocks_script", found: "script-src 'self'" }]);
  });

  test("reads half a megabyte and no more", async () => {
    const site = await addSite();
    pages.set("/long", html(`${" ".repeat(600 * 1024)}${site.snippet}`));
    expect(await codesOf(site, { url: `http://localhost:${port}/long` })).toEqual(["snippet_missing"]);
  });

  test("never fetches what is not the site's own", async () => {
    const site = await addSite();
    asked = [];
    for (const url of [
      "http://169.254.169.254/latest",
      "http://localhost:1/",
      "https://other.example/",
      "file:///etc/passwd",
    ]) {
      const answer = await owner.ask(`POST /api/v1/sites/${site.id}/install-check`, { url });
      expect([url, answer.status, answer.body["code"]]).toEqual([url, 400, "invalid_request"]);
      expect(answer.body["errors"]).toMatchObject([{ path: "url" }]);
    }
    expect(asked).toEqual([]);
  });

  test("does not lend itself to hammering a site", async () => {
    const person = await signUp(api);
    const site = await addSite(person);
    pages.set("/", html(site.snippet));
    const route = `POST /api/v1/sites/${site.id}/install-check`;
    const answers = await withinOneMinute(async () => {
      const all = [];
      for (let count = 0; count < 21; count += 1) all.push(await person.ask(route, {}));
      return all;
    });
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("retry-after")).toBe("60");
  });
});
