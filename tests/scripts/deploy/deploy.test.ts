import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "smol-toml";
import { beforeEach, expect, test } from "vitest";
import type { Context } from "#scripts/deploy/context.ts";
import { deployPlan, describePlan, foreseeProblems } from "#scripts/deploy/plan.ts";
import { prepare } from "#scripts/deploy/prepare.ts";
import { rollbackPlan } from "#scripts/deploy/rollback-plan.ts";
import { runPlan } from "#scripts/deploy/run-plan.ts";
import type { Stage } from "#scripts/deploy/stage.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { pretendCloudflare, type PretendCloudflare } from "./pretend-cloudflare.ts";

const ENVIRONMENT = {
  APP_ORIGIN: "https://app.shop.dev",
  COLLECT_ORIGIN: "https://c.shop.dev",
  MAIL_FROM: "Shop <mail@shop.dev>",
  DATABASE_URL: "postgresql://owner:hidden@db.neon.tech/main",
  DATABASE_URL_SECOND: "postgresql://owner:hidden@db2.neon.tech/second",
  MAIL_API_KEY: "re_hidden",
};
const [workersToml, pagesToml] = await Promise.all(
  ["wrangler.toml", "frontend/wrangler.toml"].map(
    async (path) => await readFile(join(projectFolder, path), "utf8"),
  ),
);

const { scripts } = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8")) as {
  scripts: Record<string, string | undefined>;
};

let cloudflare: PretendCloudflare;

beforeEach(() => {
  cloudflare = pretendCloudflare();
});

type Asked = {
  release?: string;
  stage?: Stage;
  environment?: Record<string, string>;
  allowDestructive?: boolean;
};

function contextOf({
  release = "v1",
  stage = "production",
  environment = {},
  ...options
}: Asked = {}): Context {
  return prepare({
    options: { stage, release, allowDestructive: false, watchSeconds: 60, ...options },
    outside: cloudflare.outside,
    environment: { ...ENVIRONMENT, ...environment },
    workersToml: workersToml ?? "",
    pagesToml: pagesToml ?? "",
  });
}

async function deploy(asked: Asked = {}): Promise<string[]> {
  cloudflare.calls.length = 0;
  const context = contextOf(asked);
  await runPlan(deployPlan(context), context);
  return [...cloudflare.calls];
}

const splitsOf = (worker: string) =>
  cloudflare.workers
    .get(worker)
    ?.deployments.map((split) => split.map(({ version_id: id, percentage }) => `${id} ${percentage}`));

test("a dry run lists the whole plan and asks nobody", () => {
  const plan = describePlan(deployPlan(contextOf()));
  expect(plan.split("\n").map((line) => line.replace(/^ *\d+ +(\w+) +/, "$1 ").slice(0, 60))).toEqual([
    expect.stringMatching(/^check bindings/),
    expect.stringMatching(/^check secrets .*/),
    ...["events-0", "events-1", "events-2", "events-3", "events-dead", "work", "work-dead"].map(
      (queue) => `create queue waymark-${queue}`,
    ),
    "create bucket waymark-reports",
    "create bucket waymark-spill",
    "create KV namespace waymark-edge-config",
    expect.stringMatching(/^build wrangler\.production\.rendered\.toml/),
    "create Pages project waymark",
    expect.stringMatching(/^migrate database main/),
    expect.stringMatching(/^migrate database second/),
    "build pixel and dashboard",
    expect.stringMatching(/^upload version of waymark-jobs, tagged v1/),
    expect.stringMatching(/^upload version of waymark-api, tagged v1/),
    expect.stringMatching(/^upload version of waymark-collect, tagged v1/),
    expect.stringMatching(/^smoke the uploaded version of api/),
    expect.stringMatching(/^smoke the uploaded version of collect/),
    expect.stringMatching(/^shift waymark-jobs: 10 % of the traffic, watched for 60 s/),
    expect.stringMatching(/^shift waymark-api: 10 % of the traffic, watched for 60 s/),
    expect.stringMatching(/^shift waymark-collect: 10 % of the traffic, watched/),
    expect.stringMatching(/^shift queue consumers of jobs, crons/),
    expect.stringMatching(/^shift Pages project waymark/),
    expect.stringMatching(/^smoke collect and the dashboard/),
    expect.stringMatching(/^smoke a test event through collect/),
  ]);
  expect(cloudflare.calls).toEqual([]);
  expect(`${plan}${cloudflare.said.join()}`).not.toMatch(/hidden/);
});

test("npm run deploy -- --dry-run needs no account, no network and no environment", async () => {
  const script = scripts["deploy"]?.split(" ")[1] ?? "";
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--dry-run", "--release", "v1"], {
    cwd: projectFolder,
    env: { PATH: process.env["PATH"] ?? "" },
  });
  expect(stdout).toMatch(
    /^Release v1 to production\. A dry run: nobody is asked, nothing is changed\.\n\n 1 {2}check/,
  );
  expect(stdout).toContain("\n15  migrate  database main");
  expect(stdout).toContain(
    "As it is, it would not get through its checks:\n- APP_ORIGIN is still the example",
  );
});

test("a first deployment makes what is missing, migrates, and deploys jobs before api before collect, Pages last", async () => {
  const calls = await deploy();
  expect(calls).toEqual([
    ...["events-0", "events-1", "events-2", "events-3", "events-dead", "work", "work-dead"].map(
      (queue) => `queues create waymark-${queue}`,
    ),
    "r2 bucket create waymark-reports",
    "r2 bucket create waymark-spill",
    "kv namespace create waymark-edge-config",
    "pages project create waymark --production-branch main",
    "migrate /main",
    "migrate /second",
    "build",
    "deploy --env jobs",
    "deploy --env api",
    "deploy --env collect",
    "triggers deploy --env jobs",
    "triggers deploy --env api",
    "triggers deploy --env collect",
    "pages deploy --cwd .waymark/deploy/production/pages --branch main",
    "GET https://c.shop.dev/healthz",
    "GET https://c.shop.dev/attribution.js",
    "GET https://app.shop.dev/",
    "GET https://app.shop.dev/api/v1/openapi.json",
  ]);
  const rendered = parse(cloudflare.files.get("wrangler.production.rendered.toml") ?? "");
  expect(rendered).toMatchObject({
    env: {
      collect: {
        kv_namespaces: [{ id: "id-of-waymark-edge-config" }],
        routes: [{ pattern: "c.shop.dev", custom_domain: true }],
      },
      api: { vars: { APP_ORIGIN: "https://app.shop.dev" } },
    },
  });
  expect(cloudflare.workers.get("waymark-collect")?.secrets).toEqual(new Set());
  expect(cloudflare.workers.get("waymark-jobs")?.secrets).toEqual(
    new Set(["DATABASE_URL", "DATABASE_URL_SECOND", "MAIL_API_KEY"]),
  );
});

test("a later one uploads without traffic, asks the new versions, gives them 10 % and then all", async () => {
  await deploy();
  const calls = await deploy({ release: "v2", environment: { SMOKE_SITE_KEY: "wms_smoke" } });
  expect(calls.filter((call) => / create /.test(call))).toEqual([]);
  expect(calls.slice(3)).toEqual([
    "versions upload --env jobs",
    "versions upload --env api",
    "versions upload --env collect",
    "GET https://0a1b2c3d-waymark-api.sub.workers.dev/healthz",
    "GET https://0a1b2c3d-waymark-api.sub.workers.dev/readyz",
    "GET https://0a1b2c3d-waymark-collect.sub.workers.dev/healthz",
    "GET https://0a1b2c3d-waymark-collect.sub.workers.dev/attribution.js",
    "versions deploy waymark-jobs-v2@10% waymark-jobs-v1@90% --env jobs",
    "pause 60000",
    "versions deploy waymark-jobs-v2@100% --env jobs",
    "versions deploy waymark-api-v2@10% waymark-api-v1@90% --env api",
    "pause 60000",
    'GET https://waymark-api.sub.workers.dev/healthz as waymark-api="waymark-api-v2"',
    'GET https://waymark-api.sub.workers.dev/readyz as waymark-api="waymark-api-v2"',
    "versions deploy waymark-api-v2@100% --env api",
    "versions deploy waymark-collect-v2@10% waymark-collect-v1@90% --env collect",
    "pause 60000",
    'GET https://c.shop.dev/healthz as waymark-collect="waymark-collect-v2"',
    'GET https://c.shop.dev/attribution.js as waymark-collect="waymark-collect-v2"',
    "versions deploy waymark-collect-v2@100% --env collect",
    "triggers deploy --env jobs",
    "triggers deploy --env api",
    "triggers deploy --env collect",
    "pages deploy --cwd .waymark/deploy/production/pages --branch main",
    "GET https://c.shop.dev/healthz",
    "GET https://c.shop.dev/attribution.js",
    "GET https://app.shop.dev/",
    "GET https://app.shop.dev/api/v1/openapi.json",
    "POST https://c.shop.dev/e",
  ]);
});

test("the same release again creates, uploads and shifts nothing; what was not committed is uploaded again", async () => {
  await deploy();
  const again = await deploy();
  expect(again.filter((call) => /create|upload|versions deploy|^deploy/.test(call))).toEqual([]);

  await deploy({ release: "abc-dirty" });
  const dirty = await deploy({ release: "abc-dirty" });
  expect(dirty.filter((call) => call.startsWith("versions upload"))).toHaveLength(3);
});

test("broken off anywhere, the same command goes on from there", async () => {
  await deploy();
  cloudflare.failing.set("versions deploy waymark-api-v2@100%", "connection reset");
  await expect(deploy({ release: "v2" })).rejects.toThrow(/\[\d+\/\d+\] shift: .*connection reset/s);
  expect(splitsOf("waymark-api")?.at(-1)).toEqual(["waymark-api-v2 10", "waymark-api-v1 90"]);

  cloudflare.failing.clear();
  const calls = await deploy({ release: "v2" });
  expect(calls.filter((call) => /upload|waymark-jobs-v/.test(call))).toEqual([]);
  expect(splitsOf("waymark-api")?.slice(-2)).toEqual([
    ["waymark-api-v2 10", "waymark-api-v1 90"],
    ["waymark-api-v2 100"],
  ]);
  expect(splitsOf("waymark-collect")?.at(-1)).toEqual(["waymark-collect-v2 100"]);
});

test("a version that fails before it has traffic gets none; one that fails with 10 % loses them", async () => {
  await deploy();
  cloudflare.failing.set("GET https://0a1b2c3d-waymark-api.sub.workers.dev/readyz", "answers nothing");
  await expect(deploy({ release: "v2" })).rejects.toThrow("/readyz answers nothing");
  expect(splitsOf("waymark-jobs")).toEqual([["waymark-jobs-v1 100"]]);

  cloudflare.failing.clear();
  cloudflare.failing.set(
    'GET https://c.shop.dev/healthz as waymark-collect="waymark-collect-v3"',
    "answers nothing",
  );
  await expect(deploy({ release: "v3" })).rejects.toThrow("collect was taken back to the version before");
  expect(splitsOf("waymark-collect")?.slice(-2)).toEqual([
    ["waymark-collect-v3 10", "waymark-collect-v1 90"],
    ["waymark-collect-v1 100"],
  ]);
});

test("a migration that fails or is refused lets nothing be uploaded", async () => {
  cloudflare.failing.set("migrate /main", "these steps are destructive, and were not allowed");
  await expect(deploy()).rejects.toThrow("these steps are destructive");
  expect(cloudflare.workers.size).toBe(0);

  cloudflare.failing.clear();
  const calls = await deploy({ allowDestructive: true });
  expect(calls).toContain("migrate /main destructively");
});

test("secrets that are nowhere are named before anything is made, those at the Workers are enough", async () => {
  const environment = { DATABASE_URL: "", MAIL_API_KEY: "" };
  await expect(deploy({ environment })).rejects.toThrow(
    /jobs has no DATABASE_URL[^]*jobs has no MAIL_API_KEY[^]*api has no DATABASE_URL/,
  );
  expect(cloudflare.calls).toEqual([]);

  await deploy();
  const calls = await deploy({ release: "v2", environment: { MAIL_API_KEY: "" } });
  expect(calls).toContain("versions deploy waymark-api-v2@100% --env api");
  expect([...cloudflare.said, ...cloudflare.calls, ...cloudflare.files.values()].join("\n")).not.toMatch(
    /hidden/,
  );
});

test("staging is production with other names, and never production's hosts", async () => {
  const hosts = { APP_ORIGIN: "https://app.staging.dev", COLLECT_ORIGIN: "https://c.staging.dev" };
  const calls = await deploy({ stage: "staging", environment: hosts });
  expect(calls).toContain("queues create waymark-events-0-staging");
  expect([...cloudflare.workers.keys()]).toEqual([
    "waymark-jobs-staging",
    "waymark-api-staging",
    "waymark-collect-staging",
  ]);
  const text = cloudflare.files.get("wrangler.staging.rendered.toml") ?? "";
  const names = [...text.matchAll(/(?:name|queue|bucket_name|dead_letter_queue) = "(waymark-[^"]+)"/g)];
  expect(names.length).toBeGreaterThan(20);
  expect(names.map(([, name]) => name).filter((name) => !name?.endsWith("-staging"))).toEqual([]);
  expect(text).toContain('namespace_id = "101001"');
  expect(parse(cloudflare.files.get(".waymark/deploy/staging/pages/wrangler.toml") ?? "")).toMatchObject({
    name: "waymark-staging",
    services: [{ binding: "API", service: "waymark-api-staging" }],
  });
  const unset = { APP_ORIGIN: "", COLLECT_ORIGIN: "", MAIL_FROM: "" };
  expect(foreseeProblems(contextOf({ stage: "staging", environment: unset }))).toContain(
    "APP_ORIGIN is that of production: set it in the environment",
  );
});

test("a rollback sends all traffic to the versions before, collect first", async () => {
  await deploy();
  await deploy({ release: "v2" });
  cloudflare.pagesDeployments.push("pages-2", "pages-1");
  cloudflare.calls.length = 0;
  const environment = { CLOUDFLARE_ACCOUNT_ID: "acc", CLOUDFLARE_API_TOKEN: "token" };
  const context = contextOf({ environment });
  await runPlan(rollbackPlan(context), context);
  expect(cloudflare.calls).toEqual([
    "POST https://api.cloudflare.com/client/v4/accounts/acc/pages/projects/waymark/deployments/pages-1/rollback",
    "versions deploy waymark-collect-v1@100% --env collect",
    "versions deploy waymark-api-v1@100% --env api",
    "versions deploy waymark-jobs-v1@100% --env jobs",
  ]);
});

test("a rollback in the middle of a deployment takes its first share back", async () => {
  await deploy();
  cloudflare.failing.set("versions deploy waymark-api-v2@100%", "connection reset");
  await expect(deploy({ release: "v2" })).rejects.toThrow("connection reset");
  cloudflare.failing.clear();
  const context = contextOf();
  await runPlan(rollbackPlan(context), context);
  expect(splitsOf("waymark-api")?.at(-1)).toEqual(["waymark-api-v1 100"]);
  expect(splitsOf("waymark-jobs")?.at(-1)).toEqual(["waymark-jobs-v1 100"]);
  // It never had another one.
  expect(splitsOf("waymark-collect")).toEqual([["waymark-collect-v1 100"]]);
});
