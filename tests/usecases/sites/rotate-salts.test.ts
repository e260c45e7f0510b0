import { expect, test } from "vitest";
import { edgeKeys, edgeSalt } from "#contract/edge-config.ts";
import { edgeConfigWriter } from "#platform/edge-config-writer.ts";
import { systemIds } from "#platform/ids.ts";
import { memoryKv } from "#tests/support/memory-kv.ts";
import { rotateSalts } from "#usecases/sites/rotate-salts.ts";

function startAt(iso: string) {
  const kv = memoryKv();
  let now = new Date(iso);
  const deps = { clock: { now: () => now }, ids: systemIds, edgeConfig: edgeConfigWriter(kv, edgeKeys) };
  return {
    kv,
    rotate: async (at?: string) => {
      now = at === undefined ? now : new Date(at);
      return await rotateSalts(deps);
    },
    salt: (day: string) => edgeSalt.parse(JSON.parse(kv.entries.get(`salt:${day}`)?.value ?? "null")),
  };
}

test("today and tomorrow (UTC) have a salt of 256 random bits each", async () => {
  const { kv, rotate, salt } = startAt("2026-03-28T23:59:59.999Z");
  expect(await rotate()).toEqual({ written: ["2026-03-28", "2026-03-29"], removed: [] });
  expect([...kv.entries.keys()]).toEqual(["salt:2026-03-28", "salt:2026-03-29"]);
  const [today, tomorrow] = [salt("2026-03-28"), salt("2026-03-29")];
  expect([today.day, tomorrow.day]).toEqual(["2026-03-28", "2026-03-29"]);
  for (const { salt: bits } of [today, tomorrow]) expect(bits).toMatch(/^[0-9a-f]{64}$/);
  expect(today.salt).not.toBe(tomorrow.salt);
});

test("a salt that is there is never written again", async () => {
  const { kv, rotate, salt } = startAt("2026-03-09T12:00:00Z");
  await rotate();
  const before = salt("2026-03-10");
  expect(await rotate("2026-03-09T13:00:00Z")).toEqual({ written: [], removed: [] });
  expect(await rotate("2026-03-10T00:00:00Z")).toEqual({ written: ["2026-03-11"], removed: [] });
  expect(salt("2026-03-10")).toEqual(before);
  expect(kv.puts).toHaveLength(3);
});

test("yesterday's salt stays for sessions across midnight; older ones are gone", async () => {
  const { kv, rotate } = startAt("2026-03-09T12:00:00Z");
  await rotate();
  await rotate("2026-03-10T00:07:00Z");
  expect([...kv.entries.keys()]).toEqual(["salt:2026-03-09", "salt:2026-03-10", "salt:2026-03-11"]);
  expect((await rotate("2026-03-11T00:07:00Z")).removed).toEqual(["2026-03-09"]);
  expect(kv.entries.has("salt:2026-03-09")).toBe(false);
});

test("a salt expires by itself two days after its day began, even if no cron ever runs again", async () => {
  const { kv, rotate } = startAt("2026-03-09T12:00:00Z");
  await rotate();
  const expiration = kv.entries.get("salt:2026-03-09")?.expiration ?? 0;
  expect(new Date(expiration * 1000).toISOString()).toBe("2026-03-11T00:00:00.000Z");
});
