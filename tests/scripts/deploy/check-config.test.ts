import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkConfig } from "#scripts/deploy/check-config.ts";
import { parseConfig } from "#scripts/deploy/deploy-config.ts";
import { readDeployCommand } from "#scripts/deploy/read-command.ts";
import { stageConfig } from "#scripts/deploy/render-config.ts";
import { secretValues, withoutSecrets } from "#scripts/deploy/secrets.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const VARS = {
  APP_ORIGIN: "https://app.shop.dev",
  COLLECT_ORIGIN: "https://c.shop.dev",
  MAIL_FROM: "Shop <mail@shop.dev>",
};
const [workersToml = "", pagesToml = ""] = await Promise.all(
  ["wrangler.toml", "frontend/wrangler.toml"].map(
    async (path) => await readFile(join(projectFolder, path), "utf8"),
  ),
);

function problemsOf(change: (toml: string) => string, vars: Record<string, string> = VARS): string[] {
  const original = parseConfig(change(workersToml), pagesToml);
  const rendered = stageConfig(original, { stage: "production", vars });
  return checkConfig({ rendered, original, stage: "production" });
}

test("the configuration of this repository is right once its hosts are named", () => {
  expect(problemsOf((toml) => toml)).toEqual([]);
  expect(problemsOf((toml) => toml, {})).toEqual([
    "APP_ORIGIN is still the example https://app.waymark.example: set it in wrangler.toml or in the environment",
    "COLLECT_ORIGIN is still the example https://collect.waymark.example: set it in wrangler.toml or in the environment",
    "MAIL_FROM is still the example: set it in wrangler.toml or in the environment",
  ]);
});

test.each([
  {
    name: "a shard without a queue",
    from: 'EVENT_SHARDS = "4"',
    to: 'EVENT_SHARDS = "5"',
    problem: "collect has no binding EVENTS_4",
  },
  {
    name: "a queue that nobody consumes",
    from: '[[env.jobs.queues.consumers]]\nqueue = "waymark-events-2"',
    to: '[[env.jobs.queues.consumers]]\nqueue = "waymark-events-9"',
    problem: "nobody consumes the queue waymark-events-2",
  },
  {
    name: "KV namespaces that differ",
    from: 'id = "waymark-edge-config"',
    to: 'id = "other"',
    problem: "the Workers have different KV namespaces",
  },
  {
    name: "a stage for one's own machine",
    from: 'STAGE = "production"',
    to: 'STAGE = "local"',
    problem: 'is not "production"',
  },
  {
    name: "cheap passwords",
    from: 'PASSWORD_LN = "15"',
    to: 'PASSWORD_LN = "10"',
    problem: "PASSWORD_LN must be 15 at least",
  },
])("$name is found", ({ from, to, problem }) => {
  expect(workersToml).toContain(from);
  expect(problemsOf((toml) => toml.replace(from, to))).toEqual([expect.stringContaining(problem)]);
});

test.each(["http://app.shop.dev", "https://app.shop.dev/", "app.shop.dev", ""])(
  "APP_ORIGIN %s is refused",
  (origin) => {
    const change = (toml: string) => toml.replaceAll("https://app.waymark.example", origin);
    const { APP_ORIGIN: _, ...vars } = VARS;
    expect(problemsOf(change, vars)).toEqual([expect.stringContaining("APP_ORIGIN must be https://host")]);
  },
);

test("no value of a secret is shown, whoever prints it", () => {
  const values = secretValues({
    DATABASE_URL_SECOND: "postgresql://o:p%40ss@db.neon.tech/x",
    CLOUDFLARE_API_TOKEN: "token-1",
    APP_ORIGIN: "https://app.shop.dev",
  });
  const text = "token-1 failed for postgresql://o:p%40ss@db.neon.tech/x (p@ss) at https://app.shop.dev";
  expect(withoutSecrets(text, values)).toBe("••• failed for ••• (•••) at https://app.shop.dev");
});

test("the command line says a stage, or only a plan is wanted", () => {
  expect(readDeployCommand(["--stage", "staging", "--watch", "5"])).toMatchObject({
    stage: "staging",
    watchSeconds: 5,
    isDryRun: false,
    allowDestructive: false,
  });
  expect(readDeployCommand(["--dry-run"])).toMatchObject({ stage: "production", isDryRun: true });
  for (const wrong of [
    [],
    ["--stage", "prod"],
    ["--stage", "staging", "--force"],
    ["--dry-run", "--watch", "x"],
  ]) {
    expect(readDeployCommand(wrong)).toBeNull();
  }
});
