import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Outside } from "#scripts/deploy/outside.ts";
import { realOutside } from "#scripts/deploy/real-outside.ts";

/** In wrangler's place: says what it was given, and who else could read it. */
const PROGRAM = `
import { readFileSync, statSync, writeFileSync } from "node:fs";
const args = process.argv.slice(2);
const at = args.indexOf("--secrets-file");
const file = at < 0 ? null : args[at + 1];
const secrets = file === null ? null : JSON.parse(readFileSync(file, "utf8"));
const othersMay = file === null ? 0 : statSync(file).mode & 0o077;
console.log(JSON.stringify({ args: args.filter((arg) => arg !== file), file, names: secrets && Object.keys(secrets), othersMay }));
console.error("could not use " + (secrets?.MAIL_API_KEY ?? "nothing"));
if (secrets !== null) writeFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, '{"type":"version-upload","version_id":"v1"}\\n');
process.exit(args.includes("fail") ? 3 : 0);
`;

let folder: string;
let outside: Outside;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-outside-"));
  await writeFile(join(folder, "program.mjs"), PROGRAM);
  outside = realOutside(["re_hidden"], join(folder, "program.mjs"));
});
afterAll(async () => await rm(folder, { recursive: true }));

type Told = { args: string[]; file: string | null; names: string[] | null; othersMay: number };

test("secrets reach wrangler in a file that nobody else can read, that is gone afterwards, and no line shows them", async () => {
  const secrets = { MAIL_API_KEY: "re_hidden" };
  const { stdout, stderr, code, records } = await outside.wrangler(["versions", "upload"], secrets);
  const told = JSON.parse(stdout) as Told;
  expect(told).toMatchObject({
    args: ["versions", "upload", "--secrets-file"],
    names: ["MAIL_API_KEY"],
    othersMay: 0,
  });
  expect(existsSync(told.file ?? "")).toBe(false);
  expect(stderr).toBe("could not use •••\n");
  expect([code, records]).toEqual([0, [{ type: "version-upload", version_id: "v1" }]]);
});

test("a command without secrets names no file, and one that fails answers with its code", async () => {
  const { stdout, code, records } = await outside.wrangler(["queues", "info", "fail"]);
  expect(JSON.parse(stdout)).toMatchObject({ args: ["queues", "info", "fail"], file: null });
  expect([code, records]).toEqual([3, []]);
});
