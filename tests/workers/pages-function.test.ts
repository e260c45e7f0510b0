// @module-tag long
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { freePorts } from "#scripts/stack/ports.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ensureDashboard, ensureDocs } from "#scripts/build/ensure-built.ts";

/** The real Pages project, bound to the real api Worker as in production: the only test where Pages itself runs. */
const WRANGLER = join(projectFolder, "node_modules", "wrangler", "bin", "wrangler.js");
const children: ChildProcess[] = [];
let registry: string;
let site: string;

beforeAll(async () => {
  await ensureDashboard();
  await ensureDocs();
  registry = await mkdtemp(join(tmpdir(), "waymark-registry-"));
  const { databaseUrl } = await createDatabase();
  const ports = await freePorts({ api: 0, pages: 0, apiInspector: 0, pagesInspector: 0 });
  site = `http://localhost:${ports.pages}`;
  const variables = {
    STAGE: "local",
    APP_ORIGIN: site,
    DATABASE_URL: databaseUrl,
    NEON_HTTP_ENDPOINT: inject("stack").neonEndpoint,
  };
  const api = `dev --env api --port ${ports.api} --inspector-port ${ports.apiInspector}`.split(" ");
  const pages = `pages dev --port ${ports.pages} --inspector-port ${ports.pagesInspector}`.split(" ");
  const given = Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  startWrangler(projectFolder, [...api, "--persist-to", join(registry, "api"), ...given]);
  const bound = ["--service", await boundService(), "--persist-to", join(registry, "pages")];
  startWrangler(join(projectFolder, "frontend"), [...pages, ...bound]);
  await vi.waitUntil(async () => (await statusOf("/api/v1/me")) === 401, { timeout: 60_000, interval: 300 });
}, 90_000);

afterAll(async () => {
  await Promise.all(
    children.map(
      async (child) =>
        await new Promise((resolve) => {
          child.once("exit", resolve);
          child.kill("SIGTERM");
        }),
    ),
  );
  await rm(registry, { recursive: true, force: true, maxRetries: 10 });
});

/** `pages dev` does not read service bindings from its file; it gets from us what a deployment reads there. */
async function boundService(): Promise<string> {
  const file = await readFile(join(projectFolder, "frontend", "wrangler.toml"), "utf8");
  const [, binding, service] = /\[\[services\]\]\s+binding = "(\w+)"\s+service = "([\w-]+)"/.exec(file) ?? [];
  return `${binding}=${service}`;
}

function startWrangler(cwd: string, args: string[]): void {
  const environment = {
    ...process.env,
    CI: "true",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_LOG_PATH: join(registry, "logs"),
    WRANGLER_REGISTRY_PATH: registry,
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
  children.push(spawn(process.execPath, [WRANGLER, ...args], { cwd, env: environment, stdio: "ignore" }));
}

async function statusOf(path: string): Promise<number> {
  return await fetch(site + path).then(
    ({ status }) => status,
    () => 0,
  );
}

test("passes /api on to the api Worker with body, cookies and status, and serves the dashboard for the rest", async () => {
  const person = {
    email: "ada@pages.test",
    password: "a long enough password",
    name: "Ada",
    accountName: "Pages",
  };
  const registered = await fetch(`${site}/api/v1/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: site },
    body: JSON.stringify(person),
  });
  expect(await registered.clone().text()).toContain(person.email);
  expect(registered.status).toBe(201);
  const [cookie = ""] = registered.headers.getSetCookie();
  expect(cookie).toContain("HttpOnly");

  const me = await fetch(`${site}/api/v1/me`, { headers: { cookie: cookie.split(";")[0] ?? "" } });
  expect(me.status).toBe(200);
  expect(JSON.stringify(await me.json())).toContain("ada@pages.test");

  const page = await fetch(`${site}/campaigns/cmp_1/analytics`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<title>Waymark</title>");
});

test("serves the documentation at its own addresses, under the same policy, and its own page where there is none", async () => {
  const page = await fetch(`${site}/docs/users/reports`, { redirect: "manual" });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<title>Reports");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect((await fetch(`${site}/docs/`, { redirect: "manual" })).status).toBe(200);

  const lost = await fetch(`${site}/docs/runbooks/nothing-here`);
  expect(lost.status).toBe(404);
  expect(await lost.text()).toContain("No such page");
});

test("says of a script that a deployment took away that it is gone, and lets nobody keep that answer", async () => {
  const gone = await fetch(`${site}/assets/overview-Zz9_y8Xw.js`);
  expect(gone.status).toBe(404);
  expect(await gone.text()).not.toContain("<title>Waymark</title>");
  expect(gone.headers.get("cache-control")).toBe("no-store");
  const names = await readdir(join(projectFolder, "frontend", "dist", "assets"));
  const script = names.find((name) => name.endsWith(".js")) ?? "";
  const kept = await fetch(`${site}/assets/${script}`);
  expect([kept.status, kept.headers.get("cache-control")]).toEqual([
    200,
    "public, max-age=31536000, immutable",
  ]);
});
