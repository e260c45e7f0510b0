import { beforeAll, describe, expect, it } from "vitest";

import type { EdgeSite } from "#contract/edge-config.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import { systemIds } from "#platform/ids.ts";

import { knownSite, sharedCollect, type RunningCollect } from "./start-collect.ts";

// Requests of these tests go to collect.test: to a site of that domain it is a folder of its own.
const OWN = { domain: "collect.test", identity: "first-party" } as const;
const FOREIGN = { domain: "shop.example", identity: "first-party" } as const;
const PAGE = { Origin: "https://collect.test" };
const OLD = "0197f3c2-8e1a-7abc-8abc-0123456789ab";
const NEW = "01a20e41-7786-7864-ac8d-f0c8df791c5b";

let collect: RunningCollect;
beforeAll(async () => {
  collect = await sharedCollect();
});

type Sent = { cookie: string | null; message: IngestMessage | undefined };

async function send(site: EdgeSite, given: object, headers: Record<string, string>): Promise<Sent> {
  const event = {
    id: systemIds.uuid7(new Date()),
    at: Date.now(),
    type: "pageview",
    url: "https://collect.test/",
  };
  const answer = await collect.send({ v: 1, site: site.siteKey, events: [event], ...given }, headers);
  expect(answer.status).toBe(202);
  const [queued] = await collect.queued(site.siteId, 1);
  return { cookie: answer.headers.get("Set-Cookie"), message: queued?.body };
}

describe("the visitor's cookie", () => {
  it("is set by the site's own endpoint to the id of the browser", async () => {
    const site = await knownSite(collect.bindings, OWN);
    const { cookie, message } = await send(site, { visitor: NEW }, PAGE);
    expect(cookie).toBe(`wm_v=${NEW}; Path=/; Max-Age=34128000; Secure; HttpOnly; SameSite=Lax`);
    expect(message).toMatchObject({ visitor: NEW, identity: "first-party" });
  });

  it("continues the visitor whose browser has lost its storage", async () => {
    const site = await knownSite(collect.bindings, OWN);
    const { cookie, message } = await send(site, { visitor: NEW }, { ...PAGE, Cookie: `a=b; wm_v=${OLD}` });
    expect(cookie).toContain(`wm_v=${OLD};`);
    expect(message).toMatchObject({ visitor: OLD, identity: "first-party" });
    expect(JSON.stringify(message)).not.toContain(NEW);
  });

  it("is set on a host below the site's domain too", async () => {
    const site = await knownSite(collect.bindings, { ...OWN, domain: "test" });
    const { cookie } = await send(site, { visitor: NEW }, { Origin: "https://test" });
    expect(cookie).toContain(`wm_v=${NEW};`);
  });

  it("is set through a folder of the site's own that passes requests on", async () => {
    const site = await knownSite(collect.bindings, FOREIGN);
    const headers = { Origin: "https://shop.example", "X-Forwarded-Host": "shop.example" };
    const { cookie, message } = await send(site, { visitor: NEW }, { ...headers, Cookie: `wm_v=${OLD}` });
    expect(cookie).toContain(`wm_v=${OLD};`);
    expect(message?.visitor).toBe(OLD);
  });

  it("cannot be had by a foreign page that claims to be passed on: no preflight lets it", async () => {
    const answer = await collect.fetch("/e", {
      method: "OPTIONS",
      headers: { Origin: "https://evil.example" },
    });
    expect(answer.headers.get("Access-Control-Allow-Headers")).toBe("Content-Type");
  });

  it.each([
    ["an endpoint that is not the site's own", FOREIGN, { Origin: "https://shop.example" }],
    ["a foreign page", OWN, { Origin: "https://evil.example" }],
    ["a page without an origin", OWN, { Origin: "null" }],
  ])("is neither set nor read for %s", async (_, given, headers) => {
    const site = await knownSite(collect.bindings, given);
    const { cookie, message } = await send(site, { visitor: NEW }, { ...headers, Cookie: `wm_v=${OLD}` });
    expect(cookie).toBeNull();
    expect(message?.visitor).toBe(NEW);
  });

  it.each<[string, Partial<EdgeSite>, { body?: object; headers?: Record<string, string> }]>([
    ["in cookieless mode", { identity: "cookieless" }, {}],
    ["under GPC", {}, { headers: { "Sec-GPC": "1" } }],
    ["under DNT where it is honoured", { honourDnt: true }, { headers: { DNT: "1" } }],
    ["when consent is denied", {}, { body: { consent: "denied" } }],
    [
      "when consent is denied and nothing recorded",
      { withoutConsent: "drop" },
      { body: { consent: "denied" } },
    ],
  ])("is not read %s, and deleted", async (_, settings, { body, headers }) => {
    const site = await knownSite(collect.bindings, { ...OWN, ...settings });
    const all = { ...PAGE, ...headers, Cookie: `wm_v=${OLD}` };
    const { cookie, message } = await send(site, { visitor: NEW, ...body }, all);
    expect(cookie).toMatch(/^wm_v=; Path=\/; Max-Age=0;/);
    expect(message?.identity).not.toBe("first-party");
    expect(JSON.stringify(message)).not.toContain(OLD);
  });

  it("is neither set, read nor deleted before the consent that is required", async () => {
    const site = await knownSite(collect.bindings, { ...OWN, consentRequired: true });
    const { cookie, message } = await send(site, { visitor: NEW }, { ...PAGE, Cookie: `wm_v=${OLD}` });
    expect(cookie).toBeNull();
    expect(message?.identity).toBe("cookieless");
    expect(JSON.stringify(message)).not.toContain(OLD);
  });
});

describe("an opt-out", () => {
  it("takes the cookie away, and records nothing", async () => {
    const site = await knownSite(collect.bindings, OWN);
    const headers = { ...PAGE, Cookie: `a=b; wm_v=${OLD}` };
    const answer = await collect.fetch("/o", { method: "POST", headers });
    expect([answer.status, answer.headers.get("Set-Cookie")]).toEqual([
      204,
      "wm_v=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
    ]);
    expect(await collect.queuedInTheEnd(site.siteId)).toEqual([]);
  });

  it("sets nothing where there is no cookie", async () => {
    const answer = await collect.fetch("/o", { method: "POST", headers: PAGE });
    expect([answer.status, answer.headers.get("Set-Cookie")]).toEqual([204, null]);
  });
});

describe("credentials", () => {
  it("are allowed to a page that the site allows, wherever its endpoint is, and to no other", async () => {
    const site = await knownSite(collect.bindings, { ...FOREIGN, origins: ["https://shop.example"] });
    const at = Date.now();
    const view = { id: systemIds.uuid7(new Date()), at, type: "pageview", url: "https://shop.example/" };
    const allowed = async (origin: string, events: object[] = [view]) => {
      const answer = await collect.send({ v: 1, site: site.siteKey, events }, { Origin: origin });
      return [answer.status, answer.headers.get("Access-Control-Allow-Credentials")];
    };
    expect(await allowed("https://shop.example")).toEqual([202, "true"]);
    expect(await allowed("https://shop.example", [{}])).toEqual([400, "true"]);
    expect(await allowed("https://evil.example")).toEqual([403, null]);
  });

  it("are allowed to a page of the endpoint's own host, on every answer, and to no other page", async () => {
    for (const [origin, allowed] of [
      ["https://collect.test", "true"],
      ["https://www.collect.test", "true"],
      ["https://shop.example", null],
      ["https://notcollect.test", null],
      ["null", null],
    ] as const) {
      for (const method of ["OPTIONS", "POST"]) {
        const answer = await collect.fetch("/e", { method, headers: { Origin: origin } });
        expect([origin, answer.headers.get("Access-Control-Allow-Credentials")]).toEqual([origin, allowed]);
        expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(origin);
      }
    }
  });
});
