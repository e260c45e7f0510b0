import { expect, test } from "vitest";
import { spillAge } from "#platform/spill-age.ts";

/** A bucket that lists by key, as R2 does. */
function bucketOf(objects: Readonly<Record<string, string>>) {
  return {
    list: async ({ prefix, limit }: { prefix: string; limit: number }) => ({
      objects: Object.keys(objects)
        .filter((key) => key.startsWith(prefix))
        .toSorted()
        .slice(0, limit)
        .map((key) => ({ uploaded: new Date(objects[key] ?? "") })),
    }),
  };
}

test("nothing spilled has no age, and what is set aside does not count", async () => {
  expect(await spillAge(bucketOf({ "unreadable/a.json": "2026-11-20T08:00:00Z" }))()).toBeNull();
});

test("the oldest counts, whether collect or a queue gave it up", async () => {
  const spilled = {
    "spill/2026-11-24T11/b.json": "2026-11-24T11:20:00Z",
    "spill/2026-11-24T12/a.json": "2026-11-24T12:01:00Z",
  };
  expect((await spillAge(bucketOf(spilled))())?.toISOString()).toBe("2026-11-24T11:20:00.000Z");
  const givenUp = { ...spilled, "spill/given-up/0.json": "2026-11-24T10:00:00Z" };
  expect((await spillAge(bucketOf(givenUp))())?.toISOString()).toBe("2026-11-24T10:00:00.000Z");
});
