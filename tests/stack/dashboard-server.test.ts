import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDashboardServer } from "#scripts/stack/dashboard/dashboard-server.ts";
import type { ListeningServer } from "#scripts/stack/http/http-server.ts";
import type { Workers } from "#scripts/stack/workers/workers.ts";

let folder: string;
let server: ListeningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-dist-"));
  const dist = join(folder, "dist");
  await mkdir(join(dist, "assets"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(dist, "index.html"), "<title>Waymark</title>");
  await writeFile(join(dist, "icon.svg"), "<svg/>");
  await writeFile(join(dist, "assets", "main-Ab3_x9Qz.js"), "run()");
  await writeFile(join(dist, "assets", "404.html"), "<title>Gone</title>");
  await writeFile(
    join(dist, "_headers"),
    "/*\n  X-Frame-Options: DENY\n/assets/*\n  X-From: assets: here\n/shared/*\n  ! X-Frame-Options\n  X-Frame-Options: SAMEORIGIN\n  ! X-Absent\n  Cache-Control: no-store\n/bare/*\n  ! X-Frame-Options\n",
  );
  const workers = {
    fetch: async (name: string, url: URL) =>
      await Promise.resolve(Response.json({ name, path: url.pathname })),
  } as unknown as Workers;
  server = await startDashboardServer({ dist, workers }, 0);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test("passes /api on to the api Worker, and nothing else", async () => {
  expect(await (await fetch(`${server.url}/api/v1/me`)).json()).toEqual({ name: "api", path: "/api/v1/me" });
  expect(await (await fetch(`${server.url}/apis`)).text()).toBe("<title>Waymark</title>");
});

test("gives the first page for every path of the app, to be asked again each time", async () => {
  for (const path of ["/", "/campaigns/cmp_1/analytics"]) {
    const reply = await fetch(server.url + path);
    expect(await reply.text()).toBe("<title>Waymark</title>");
    expect(reply.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(reply.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
  }
});

test("lets only names with a digest be kept for ever", async () => {
  const asset = await fetch(`${server.url}/assets/main-Ab3_x9Qz.js`);
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(asset.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  const missing = await fetch(`${server.url}/assets/main-Zz9_y8Xw.js`);
  expect([missing.status, await missing.text()]).toEqual([404, "<title>Gone</title>"]);
  expect(missing.headers.get("cache-control")).toBe("no-store");
  // Of the same page as a file, which has a tag: what is gone has not merely not changed.
  const { headers: kept } = await fetch(`${server.url}/assets/404.html`);
  const again = await fetch(`${server.url}/assets/main-Zz9_y8Xw.js`, {
    headers: { "if-none-match": kept.get("etag") ?? "none" },
  });
  expect([again.status, again.headers.get("etag")]).toEqual([404, null]);
  const icon = await fetch(`${server.url}/icon.svg`);
  expect(icon.headers.get("cache-control")).not.toContain("immutable");
});

test("takes back what _headers takes back for some paths, and sends what it says instead", async () => {
  const shared = await fetch(`${server.url}/shared/abc`);
  expect(shared.headers.get("x-frame-options")).toBe("SAMEORIGIN");
  expect(shared.headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${server.url}/bare/abc`)).headers.get("x-frame-options")).toBeNull();
  expect((await fetch(server.url)).headers.get("x-frame-options")).toBe("DENY");
});

test("sends the headers of the build's _headers file, and never that file", async () => {
  const asset = await fetch(`${server.url}/assets/main-Ab3_x9Qz.js`);
  expect(asset.headers.get("x-frame-options")).toBe("DENY");
  expect(asset.headers.get("x-from")).toBe("assets: here");
  expect((await fetch(server.url)).headers.get("x-from")).toBeNull();
  expect(await (await fetch(`${server.url}/_headers`)).text()).toBe("<title>Waymark</title>");
});

test("answers 304 to whoever has the same bytes", async () => {
  const etag = (await fetch(`${server.url}/icon.svg`)).headers.get("etag") ?? "";
  const again = await fetch(`${server.url}/icon.svg`, { headers: { "if-none-match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

test.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"])(
  "does not lead out of its folder by %s",
  async (path) => {
    const body = await new Promise<string>((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port: server.port, path }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("end", () => resolve(Buffer.concat(chunks).toString()));
      });
      sent.on("error", reject);
      sent.end();
    });
    expect(body).not.toContain("secret");
  },
);
