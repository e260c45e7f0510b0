import type { ImportAnswer } from "#contract/events.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import type { ReplayEvent } from "./journey-events.ts";

const EVENTS_A_CALL = 1_000;
/** Two calls on the way at once keep Postgres busy while the next body is read. */
const CALLS_AT_ONCE = 2;

export type Sent = { accepted: number; duplicate: number; rejected: number };

/** Sends all events through the bulk API, in order of their file; answers what became of them. */
export async function sendEvents(
  client: WaymarkClient,
  siteId: string,
  events: readonly ReplayEvent[],
): Promise<Sent> {
  const sent: Sent = { accepted: 0, duplicate: 0, rejected: 0 };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < events.length) {
      const part = events.slice(next, (next += EVENTS_A_CALL));
      const answer = await client.request<ImportAnswer>("POST", "/events", { siteId, events: part });
      sent.accepted += answer.accepted;
      sent.duplicate += answer.duplicate;
      sent.rejected += answer.rejected.length;
      progress(sent, events.length);
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, worker));
  return sent;
}

function progress({ accepted, duplicate, rejected }: Sent, total: number): void {
  if (!process.stderr.isTTY) return;
  const done = accepted + duplicate + rejected;
  process.stderr.write(`\r  ${done.toLocaleString("en")} of ${total.toLocaleString("en")} events`);
  if (done === total) process.stderr.write("\n");
}
