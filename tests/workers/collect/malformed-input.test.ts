// @module-tag long
import fc from "fast-check";
import * as z from "zod/mini";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { REJECTION_CODES } from "#contract/collect.ts";
import { ingestMessage } from "#contract/ingest-message.ts";
import { problem } from "#contract/problem.ts";

import { malformedRequest, type MalformedRequest } from "./malformed-requests.ts";
import { knownLink, knownSite, writeSalts } from "./start-collect.ts";
import { startGatedCollect, type GatedCollect } from "./start-gated-collect.ts";
import { inputs } from "#tests/support/inputs.ts";

const REQUESTS = inputs(1_000, 10_000);
const AT_ONCE = 25;
const SEED = 20_261_124;

let collect: GatedCollect;
let sentAgain = 0;
beforeAll(async () => {
  collect = await startGatedCollect();
  await writeSalts(collect.bindings);
});
afterAll(async () => await collect.stop());

const collectAnswer = z.object({
  accepted: z.number(),
  rejected: z.array(z.object({ code: z.enum(REJECTION_CODES), message: z.string().check(z.minLength(1)) })),
});

/** How many events the answer says were accepted; throws when it does not say what became of the others. */
async function acceptedBy({ init }: MalformedRequest, answer: Response): Promise<number> {
  const text = await answer.text();
  if (answer.headers.get("Content-Type") === "image/gif") {
    return answer.headers.has("X-Waymark-Refused") ? 0 : 1;
  }
  // A HEAD has no body that could say more. A click is recorded too, but `stored` below does not count it.
  if (init.method === "HEAD" || [200, 302].includes(answer.status)) return 0;
  if (answer.status === 202) return collectAnswer.parse(JSON.parse(text)).accepted;

  const isPage = answer.status === 404 && text.includes("<h1>");
  if (!isPage && problem.parse(JSON.parse(text)).status !== answer.status)
    throw new Error(`Another status in ${text}`);
  return 0;
}

describe(`${REQUESTS} malformed requests`, () => {
  it("each get an answer below 500 with a reason, and what is accepted is whole", async () => {
    const site = await knownSite(collect.bindings, { identity: "first-party", currency: "EUR" });
    const slug = "known-link";
    await knownLink(collect.bindings, {
      siteId: site.siteId,
      siteKey: site.siteKey,
      slug,
      destination: "https://shop.example/",
    });
    const requests = fc.sample(malformedRequest({ siteKey: site.siteKey, slug }), {
      seed: SEED,
      numRuns: REQUESTS,
    });
    const failures: unknown[] = [];
    let accepted = 0;
    for (let from = 0; from < requests.length; from += AT_ONCE) {
      const counts = requests.slice(from, from + AT_ONCE).map(async (request) => {
        const answer = await send(request);
        if (answer.status < 500) return await acceptedBy(request, answer);
        failures.push({ status: answer.status, request: describeRequest(request) });
        return 0;
      });
      for (const count of await Promise.all(counts)) accepted += count;
    }
    expect(failures).toEqual([]);
    expect(sentAgain).toBeLessThanOrEqual(REQUESTS / 1_000);
    // Refusing everything would be easy, and prove nothing.
    expect(accepted).toBeGreaterThan(REQUESTS / 5);

    await vi.waitFor(() => expect(stored()).toBe(accepted), { timeout: 10_000 });
    for (const body of collect.taken.flatMap(({ bodies }) => bodies)) {
      expect(ingestMessage.parse(body)).toEqual(body);
      expect(JSON.stringify(body)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      const rejected = Object.values(body.rejected).reduce((sum, count) => sum + count, 0);
      expect(body.received).toBe(body.events.length + rejected);
    }
  });
});

/**
 * A connection that is kept may be closed just as it is used again: then nothing was answered, and the request is sent once
 * more. One that had been taken all the same would be counted twice below; one that ends the Worker would do so again.
 */
async function send({ path, init }: MalformedRequest): Promise<Response> {
  try {
    return await collect.fetch(path, init);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
    if (cause?.code !== "UND_ERR_SOCKET") throw error;
    sentAgain += 1;
    return await collect.fetch(path, init);
  }
}

/** Short enough to read in a report. */
function describeRequest({ path, init }: MalformedRequest): string {
  const headers = init.headers.map(([name, value]) => `${name}: ${value.slice(0, 60)}`);
  const body = new TextDecoder().decode(init.body).slice(0, 400);
  return [`${init.method} ${path.slice(0, 200)}`, ...headers, body].join("\n");
}

function stored(): number {
  const bodies = collect.taken.flatMap((message) => message.bodies);
  return bodies.filter(({ via }) => via !== "redirect").reduce((sum, { events }) => sum + events.length, 0);
}
