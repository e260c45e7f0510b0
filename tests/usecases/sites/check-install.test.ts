import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#db/database.ts";
import type { FetchedPage } from "#platform/page-fetcher.ts";
import { siteRef, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { checkInstall, type CheckInstallDeps } from "#usecases/tracking-health/check-install.ts";

const COLLECT = "https://collect.waymark.example";
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const redirect = (location: string): FetchedPage => ({ kind: "redirect", location });

/** A web of these answers, and what was fetched of it. */
function web(answers: Readonly<Record<string, FetchedPage>>) {
  const fetched: string[] = [];
  const deps: CheckInstallDeps = {
    databases: { named: () => db, names: () => ["main"] },
    settings: { appOrigin: "https://app.waymark.example", collectOrigin: COLLECT },
    clock: { now: () => new Date("2026-11-24T12:00:00.000Z") },
    signInRate: { isWithin: async () => true },
    fetchPage: async (url) => {
      fetched.push(url);
      return answers[url] ?? { kind: "unreachable", reason: "no_answer" };
    },
  };
  return { deps, fetched };
}

async function check(answers: Readonly<Record<string, FetchedPage>>) {
  const site = await createSite(db);
  const { deps, fetched } = web(answers);
  const { url, findings } = valueOf(await checkInstall(deps, { site: siteRef(site), url: undefined }));
  return { url, findings, fetched };
}

describe("a redirect", () => {
  test("is followed to where the site lives, and that page is judged", async () => {
    const html = "<html></html>";
    const { url, findings, fetched } = await check({
      "https://shop.example/": redirect("https://www.shop.example/en"),
      "https://www.shop.example/en": redirect("start?x=1"),
      "https://www.shop.example/start?x=1": {
        kind: "page",
        status: 200,
        contentType: "text/html",
        policies: [],
        html,
      },
    });
    expect(url).toBe("https://www.shop.example/start?x=1");
    expect(findings).toMatchObject([{ code: "snippet_missing" }]);
    expect(fetched).toHaveLength(3);
  });

  test.each([
    "https://other.example/",
    "http://169.254.169.254/latest/meta-data",
    "http://localhost:8787/",
    "//10.0.0.1/",
    "file:///etc/passwd",
    "https://shop.example:22/",
  ])("to %s is told and not followed", async (location) => {
    const { findings, fetched } = await check({ "https://shop.example/": redirect(location) });
    expect(findings).toMatchObject([{ code: "page_elsewhere", expected: "shop.example" }]);
    expect(fetched).toEqual(["https://shop.example/"]);
  });

  test("in a circle ends after five", async () => {
    const { findings, fetched } = await check({ "https://shop.example/": redirect("/") });
    expect(findings).toMatchObject([{ code: "page_unreachable" }]);
    expect(fetched).toHaveLength(6);
  });
});

test("a page that is not there in time is named with what it did", async () => {
  const late = await check({ "https://shop.example/": { kind: "unreachable", reason: "timeout" } });
  expect(late.findings).toMatchObject([{ code: "page_unreachable", found: "timeout" }]);
});
