import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "#scripts/deploy/deploy-config.ts";
import { secretSpecs } from "#scripts/deploy/secrets.ts";
import { projectFolder } from "#scripts/stack/project.ts";

type Job = { env?: Record<string, string>; environment?: string; steps: { run?: string; uses?: string }[] };
type Workflow = {
  on: Record<string, unknown>;
  jobs: Record<string, Job>;
  permissions: Record<string, string>;
};

const FOLDER = join(projectFolder, ".github", "workflows");
const texts = new Map(
  await Promise.all(
    (await readdir(FOLDER)).map(async (name) => [name, await readFile(join(FOLDER, name), "utf8")] as const),
  ),
);
const workflow = (name: string) => parse(texts.get(name) ?? "") as Workflow;
const scripts = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

test("each workflow is one by GitHub's schema, and may only read the repository", () => {
  expect([...texts.keys()].toSorted()).toEqual(["ci.yml", "deploy.yml", "nightly.yml"]);
  for (const [name, text] of texts) {
    expect([name, validateWorkflow(text).errors]).toEqual([name, []]);
    expect(workflow(name).permissions).toEqual({ contents: "read" });
  }
  expect(validateWorkflow("on: push\njobs:\n  a:\n    runs_on: x\n    steps: []\n").errors).not.toEqual([]);
});

test("each npm script that a workflow runs exists", () => {
  const commands = [...texts.values()].flatMap((text) => [...text.matchAll(/npm run ([\w:]+)/g)]);
  expect(commands.length).toBeGreaterThan(3);
  for (const [, name = ""] of commands) expect(Object.keys(scripts.scripts)).toContain(name);
});

test("ci runs what a developer runs, nightly the soak and the benches, a tag is deployed by the script", () => {
  const runs = (job: Job | undefined) =>
    (job?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));
  expect(runs(workflow("ci.yml").jobs["test"])).toEqual([".ci/run"]);
  const { jobs } = workflow("nightly.yml");
  expect(runs(jobs["soak"]).join()).toContain("npm run test:soak");
  expect(runs(jobs["bench"]).join()).toContain("npm run bench");
  const deployment = workflow("deploy.yml");
  expect(deployment.on).toMatchObject({ push: { tags: ["v*"] } });
  for (const stage of ["staging", "production"]) {
    expect(deployment.jobs[stage]?.environment).toBe(stage);
    expect(runs(deployment.jobs[stage]).at(-1)).toContain(`npm run deploy -- --stage ${stage}`);
  }
});

test("both stages are given every secret that a deployment knows, from the secrets of their environment", async () => {
  const [workersToml = "", pagesToml = ""] = await Promise.all(
    ["wrangler.toml", "frontend/wrangler.toml"].map(
      async (path) => await readFile(join(projectFolder, path), "utf8"),
    ),
  );
  const specs = secretSpecs(parseConfig(workersToml, pagesToml).workers.env.api, {});
  const { jobs } = workflow("deploy.yml");
  expect(jobs["staging"]?.env).toEqual(jobs["production"]?.env);
  for (const name of [...specs.map((spec) => spec.name), "CLOUDFLARE_API_TOKEN"]) {
    expect(jobs["staging"]?.env?.[name]).toBe(`\${{ secrets.${name} }}`);
  }
});
