// @module-tag long
import { expect, test } from "vitest";
import { readDevOptions } from "#scripts/dev/options.ts";
import { mailSettings } from "#scripts/stack/services.ts";
import { startWorkers, type WorkerSettings } from "#scripts/stack/workers/workers.ts";
import { APP_ORIGIN, COLLECT_ORIGIN } from "#tests/support/start-workers.ts";

const NOWHERE = "http://127.0.0.1:9";
const CATCHER = { url: "http://127.0.0.1:9", apiKey: "local" };

/** The variables of mail that a Worker of `npm run dev` with this environment sees. */
async function mailVariables(environment: Record<string, string>): Promise<Record<string, unknown>> {
  const workers = await startWorkers({
    only: ["jobs"],
    databaseUrl: "postgresql://nobody@127.0.0.1:9/none",
    upstash: { url: NOWHERE, token: "none" },
    mail: await settingsOf(environment),
    appOrigin: APP_ORIGIN,
    collectOrigin: COLLECT_ORIGIN,
  });
  const bindings = Object.entries(await workers.bindings("jobs"));
  await workers.stop();
  return Object.fromEntries(bindings.filter(([name]) => name.startsWith("MAIL_")));
}

async function settingsOf(environment: Record<string, string>): Promise<WorkerSettings["mail"]> {
  return await mailSettings(
    readDevOptions([], environment).stack,
    async () => await Promise.resolve(CATCHER),
  );
}

test("the Workers see the mail catcher, with the sender of the configuration", async () => {
  expect(await mailVariables({})).toEqual({
    MAIL_API_KEY: "local",
    MAIL_API_URL: CATCHER.url,
    MAIL_FROM: "Waymark <reports@waymark.example>",
    MAIL_PER_SECOND: "50",
  });
});

test("the Workers see the provider, the sender and the pace of the environment", async () => {
  const environment = {
    MAIL_API_KEY: "x",
    MAIL_API_URL: "http://localhost:9980",
    MAIL_PROVIDER: "postmark",
    MAIL_FROM: "Mine <me@mine.example>",
    MAIL_PER_SECOND: "0.5",
  };
  expect(await mailVariables(environment)).toEqual(environment);
});

test("a provider without an address is reached at its own, at its own pace", async () => {
  expect(await mailVariables({ MAIL_API_KEY: "x", MAIL_PROVIDER: "postmark" })).toMatchObject({
    MAIL_API_URL: "",
    MAIL_PER_SECOND: "",
    MAIL_PROVIDER: "postmark",
  });
});
