import { beforeAll, describe, expect, it } from "vitest";

import { problem, type Problem } from "#contract/problem.ts";
import { systemIds } from "#platform/ids.ts";

import { knownSite, sharedCollect, type RunningCollect } from "./start-collect.ts";

let collect: RunningCollect;
beforeAll(async () => {
  collect = await sharedCollect();
});

function pageview(given: object = {}): Record<string, unknown> {
  return {
    id: systemIds.uuid7(new Date()),
    at: Date.now(),
    type: "pageview",
    url: "https://shop.example/",
    ...given,
  };
}

/** A problem in the form that every error has. */
async function problemOf(answer: Response): Promise<Problem> {
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
  const text = await answer.text();
  const parsed = problem.parse(JSON.parse(text));
  expect(parsed.status).toBe(answer.status);
  expect(parsed.requestId).not.toBe("");
  expect(answer.headers.get("X-Request-Id")).toBe(parsed.requestId);
  expect(text).not.toMatch(/\bat .+\.(ts|js):\d/);
  return parsed;
}

describe("POST /e refuses a whole body", () => {
  it.each([
    ["no JSON", "{", "invalid_json"],
    ["an empty body", "", "invalid_json"],
    ["a list", [], "invalid_body"],
    ["another version", { v: 2, site: "x", events: [pageview()] }, "invalid_body"],
    ["no events", { v: 1, site: "x", events: [] }, "invalid_body"],
    ["51 events", { v: 1, site: "x", events: Array.from({ length: 51 }, () => pageview()) }, "invalid_body"],
    ["a visitor that is no uuid", { v: 1, site: "x", visitor: "me", events: [pageview()] }, "invalid_body"],
  ])("400 for %s", async (_, body, code) => {
    expect(await problemOf(await collect.send(body))).toMatchObject({ status: 400, code });
  });

  it("400 when every event is bad, saying which and why; nothing reaches the ledger", async () => {
    const site = await knownSite(collect.bindings);
    const events = [pageview({ url: "nowhere" }), { type: "refund" }];
    const answer = await collect.send({ v: 1, site: site.siteKey, events });
    const refused = await problemOf(answer);
    expect(refused).toMatchObject({ status: 400, code: "nothing_usable" });
    expect(refused.errors).toMatchObject([
      { path: "events.0", code: "invalid_url" },
      { path: "events.1", code: "not_allowed" },
    ]);
    expect(await collect.queuedInTheEnd(site.siteId)).toEqual([]);
  });

  it("404 for a site nobody has made", async () => {
    expect(
      await problemOf(await collect.send({ v: 1, site: "wms_unknown", events: [pageview()] })),
    ).toMatchObject({ status: 404, code: "unknown_site" });
  });

  it("413 for a body of 64,001 bytes, whatever its Content-Length says, and takes one of 64,000", async () => {
    const site = await knownSite(collect.bindings);
    const sized = (bytes: number): string => {
      const text = JSON.stringify({ v: 1, site: site.siteKey, events: [pageview()] });
      return text + " ".repeat(bytes - text.length);
    };
    expect(await problemOf(await collect.send(sized(64_001)))).toMatchObject({
      status: 413,
      code: "body_too_large",
    });
    expect((await collect.send(sized(64_000))).status).toBe(202);

    // In chunks there is no Content-Length at all.
    const chunk = new TextEncoder().encode(" ".repeat(40_000));
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(chunk);
        controller.enqueue(chunk);
        controller.close();
      },
    });
    const streamed = { method: "POST", body: chunks, duplex: "half" } as RequestInit;
    expect(await problemOf(await collect.fetch("/e", streamed))).toMatchObject({
      status: 413,
      code: "body_too_large",
    });
  });

  it("counts bytes, not characters", async () => {
    const site = await knownSite(collect.bindings);
    const events = [pageview({ title: "€".repeat(22_000) })];
    expect(await problemOf(await collect.send({ v: 1, site: site.siteKey, events }))).toMatchObject({
      status: 413,
      code: "body_too_large",
    });
  });

  it("404 for an address that is not there", async () => {
    expect(await problemOf(await collect.fetch("/nowhere"))).toMatchObject({
      status: 404,
      code: "not_found",
    });
  });
});

describe("POST /e from a page's origin", () => {
  const headers = (given: Record<string, string>): Record<string, string> => given;

  it("403 for an origin that is not the site's, by Origin and by Referer", async () => {
    const site = await knownSite(collect.bindings, {
      origins: ["https://shop.example", "https://*.shop.example"],
    });
    const body = { v: 1, site: site.siteKey, events: [pageview()] };
    for (const from of [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Referer: "https://evil.example/page" },
      { Origin: "https://evil.example", Referer: "https://shop.example/" },
    ]) {
      expect(await problemOf(await collect.send(body, headers(from)))).toMatchObject({
        status: 403,
        code: "origin_not_allowed",
      });
    }
    expect(await collect.queuedInTheEnd(site.siteId)).toEqual([]);
  });

  it("202 for the site's own origins, and when neither header is there", async () => {
    const site = await knownSite(collect.bindings, {
      origins: ["https://shop.example", "https://*.shop.example"],
    });
    for (const from of [
      { Origin: "https://shop.example" },
      { Origin: "https://www.shop.example" },
      { Referer: "https://shop.example/cart?x=1" },
      {},
    ]) {
      const answer = await collect.send({ v: 1, site: site.siteKey, events: [pageview()] }, headers(from));
      expect(answer.status).toBe(202);
    }
  });

  it("echoes the origin on every answer, so that the pixel can read refusals too, and gives a foreign page no credentials", async () => {
    const site = await knownSite(collect.bindings, { origins: ["https://shop.example"] });
    const good = { v: 1, site: site.siteKey, events: [pageview()] };
    for (const body of [good, "{", { ...good, site: "wms_unknown" }]) {
      for (const origin of ["https://shop.example", "https://evil.example"]) {
        const answer = await collect.send(body, { Origin: origin });
        expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(origin);
        expect(answer.headers.get("Vary")).toContain("Origin");
        const isAccepted = body === good && origin === "https://shop.example";
        expect(answer.headers.has("Access-Control-Allow-Credentials")).toBe(isAccepted);
      }
    }
  });

  it("answers a preflight, which senders of JSON make", async () => {
    const answer = await collect.fetch("/e", {
      method: "OPTIONS",
      headers: {
        Origin: "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("https://shop.example");
    expect(answer.headers.get("Access-Control-Allow-Methods")).toContain("POST");
    expect(answer.headers.get("Access-Control-Allow-Headers")?.toLowerCase()).toContain("content-type");
    expect(answer.headers.has("Access-Control-Allow-Credentials")).toBe(false);
  });
});
