// @module-tag long
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#scripts/deploy/context.ts";
import type { Outside } from "#scripts/deploy/outside.ts";
import { prepare } from "#scripts/deploy/prepare.ts";
import { sendTestEvent } from "#scripts/deploy/send-test-event.ts";
import { requireHealthy } from "#scripts/deploy/steps/smoke-steps.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { type GuideAccount, type GuideStage, startGuideStage } from "#tests/workers/guides/guide-stage.ts";

let stage: GuideStage;
let account: GuideAccount;
let said: string[];

beforeAll(async () => {
  stage = await startGuideStage();
  account = await stage.addAccount();
});
afterAll(async () => await stage.close());

async function contextWith(environment: Record<string, string>): Promise<Context> {
  said = [];
  const [workersToml = "", pagesToml = ""] = await Promise.all(
    ["wrangler.toml", "frontend/wrangler.toml"].map(
      async (path) => await readFile(join(projectFolder, path), "utf8"),
    ),
  );
  return prepare({
    options: { stage: "staging", release: "v1", allowDestructive: false, watchSeconds: 0 },
    outside: OUTSIDE,
    environment: {
      APP_ORIGIN: stage.localise("https://app.example.com"),
      COLLECT_ORIGIN: stage.localise("https://collect.example.com"),
      ...environment,
    },
    workersToml,
    pagesToml,
  });
}

const never = async () => await Promise.reject(new Error("A smoke test only asks"));
const OUTSIDE: Outside = {
  request: async (url, init) => {
    const answer = await fetch(url, init);
    return { status: answer.status, body: await answer.text() };
  },
  pause: async () => await new Promise((resolve) => setTimeout(resolve, 100)),
  say: (line) => void said.push(line),
  wrangler: never,
  migrate: never,
  build: never,
  writeFile: never,
  copy: never,
};

const smoke = () => ({
  SMOKE_SITE_KEY: account.siteKey,
  SMOKE_SITE_URL: "https://shop.example",
  SMOKE_SITE_ID: account.siteId,
  SMOKE_API_KEY: account.key,
});

test("the test event of a deployment goes through collect, queue and jobs into the event log", async () => {
  await sendTestEvent(await contextWith(smoke()));
  expect(said).toEqual(["an event went from collect into the event log"]);
});

test("it fails where the site is unknown or the key is wrong, and says nothing of the key", async () => {
  const unknown = await contextWith({ ...smoke(), SMOKE_SITE_KEY: "wms_nobodyknowsthis" });
  await expect(sendTestEvent(unknown)).rejects.toThrow("/e answers 40");
  const wrong = await contextWith({ ...smoke(), SMOKE_API_KEY: "wmk_hidden_hidden" });
  const error = await sendTestEvent(wrong).catch((thrown: Error) => thrown);
  expect(String(error)).toMatch(/events\?limit=100 answers 401/);
  expect(String(error)).not.toContain("hidden");
});

test("what a deployment asks of api and collect is answered by them", async () => {
  const { APP_ORIGIN = "", COLLECT_ORIGIN = "" } = (await contextWith({})).config.workers.env.api.vars;
  await requireHealthy(OUTSIDE, { worker: "api", origin: APP_ORIGIN });
  await requireHealthy(OUTSIDE, { worker: "collect", origin: COLLECT_ORIGIN });
  expect((await OUTSIDE.request(`${APP_ORIGIN}/api/v1/openapi.json`)).status).toBe(200);
});
