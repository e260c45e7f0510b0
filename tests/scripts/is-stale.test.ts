import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { isStale } from "#scripts/build/is-stale.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const BUILT_AT = 1_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-stale-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  await put("dist/page.html", BUILT_AT);
  await put("src/page.ts", BUILT_AT - 1);
});

async function put(path: string, at: number): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "");
  await utimes(file, at, at);
}

const inProject = (path: string) => relative(projectFolder, join(folder, path));
const stale = async () => await isStale(inProject("dist/page.html"), [inProject("src")]);

test("what is newer than its sources is not built again, what is older or absent is", async () => {
  expect(await stale()).toBe(false);

  await put("src/parts/button.ts", BUILT_AT + 1);
  expect(await stale()).toBe(true);

  await rm(join(folder, "src/parts"), { recursive: true });
  expect(await stale()).toBe(false);
  await rm(join(folder, "dist/page.html"));
  expect(await stale()).toBe(true);
});

test.each(["dist", "node_modules", ".wrangler"])("what a build leaves in %s is no source", async (name) => {
  await put(`src/${name}/left.js`, BUILT_AT + 1);
  expect(await stale()).toBe(false);
});
