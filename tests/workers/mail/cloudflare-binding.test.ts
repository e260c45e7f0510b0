import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createHarness } from "#scripts/stack/workers/harness.ts";

const server = await createHarness({
  root: fileURLToPath(new URL("./mail-worker/", import.meta.url)),
  workers: [{ configPath: "./wrangler.toml" }],
});
beforeAll(async () => await server.listen(), 60_000);
afterAll(async () => await server.close(), 30_000);

async function send(from: string): Promise<unknown> {
  const answer = await server.fetch("/", { method: "POST", body: JSON.stringify({ from }) });
  return await answer.json();
}

it("the emulated send_email binding takes a mail with headers and an attachment, and names it", async () => {
  expect(await send("Waymark <r@waymark.example>")).toEqual({
    ok: true,
    value: { providerId: expect.stringMatching(/.+/) },
  });
});

it("what the binding throws is a failure, never an exception", async () => {
  expect(await send("Waymark <other@waymark.example>")).toMatchObject({
    ok: false,
    error: { kind: expect.any(String) },
  });
});
