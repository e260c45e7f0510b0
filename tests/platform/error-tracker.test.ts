import { afterEach, expect, it, vi } from "vitest";
import { sentryTracker } from "#platform/error-tracker.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const REPORT = {
  reportId: "0192f0c0-1111-7abc-8def-0123456789ab",
  worker: "collect" as const,
  failures: [
    {
      event: "bug",
      name: "TypeError",
      message: "no [id]",
      requestId: "ray1",
      firstMs: 1_000,
      lastMs: 2_000,
      count: 3,
    },
    {
      event: "bug",
      name: "RangeError",
      message: "",
      requestId: null,
      firstMs: 1_000,
      lastMs: 1_000,
      count: 1,
    },
  ],
};
const DSN = "https://key@sentry.example/7";

function answering(status: number): { url: string; items: Record<string, unknown>[] }[] {
  const sent: { url: string; items: Record<string, unknown>[] }[] = [];
  vi.stubGlobal("fetch", async (url: string, { body }: { body: string | Uint8Array }) => {
    const lines = (typeof body === "string" ? body : new TextDecoder().decode(body)).split("\n");
    sent.push({ url, items: lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>) });
    return new Response("{}", { status });
  });
  return sent;
}

it("is none without a DSN", () => {
  expect(sentryTracker({ STAGE: "production" })).toBeNull();
  expect(sentryTracker({ STAGE: "production", SENTRY_DSN: "" })).toBeNull();
});

it("tells Sentry each error of a report, under ids that a second time are the same, and nothing else", async () => {
  const sent = answering(200);
  const tracker = sentryTracker({ STAGE: "staging", SENTRY_DSN: DSN });
  await tracker?.tell(REPORT);
  await tracker?.tell(REPORT);
  expect(sent).toHaveLength(4);
  expect(sent.every(({ url }) => url.startsWith("https://sentry.example/api/7/envelope/"))).toBe(true);
  const events = sent.flatMap(({ items }) => items.filter((item) => "event_id" in item));
  expect(events[0]).toMatchObject({
    event_id: "0192f0c011117abc8def0123456789" + "00",
    environment: "staging",
    timestamp: 2,
    exception: { values: [{ type: "TypeError", value: "no [id]" }] },
    tags: { worker: "collect", event: "bug", count: 3, request_id: "ray1" },
  });
  expect(new Set(events.map(({ event_id: id }) => id)).size).toBe(2);
  expect(JSON.stringify(events)).not.toMatch(/"user"|"request"|"breadcrumbs"/);
});

it("says so when Sentry does not take them", async () => {
  answering(429);
  await expect(sentryTracker({ STAGE: "staging", SENTRY_DSN: DSN })?.tell(REPORT)).rejects.toThrow(
    "Sentry took 0 of 2",
  );
});
