import type { R2Bucket } from "@cloudflare/workers-types";
import { type ListeningServer, listenHttp, readBody, sendText } from "#scripts/stack/http/http-server.ts";
import { type DurableQueue, QueueRefuses, type SentMessage } from "./durable-queue.ts";

export type OutsideParts = {
  queue: DurableQueue;
  faults: { isStorageDown: boolean };
  bucket: () => Promise<R2Bucket>;
};

const MAX_BYTES = 1_000_000;

/** Where the stand-ins of collect's bindings hand on what they were given: `/queues/:name` and `/objects/:key`. */
export async function startOutside({ queue, faults, bucket }: OutsideParts): Promise<ListeningServer> {
  return await listenHttp(async (request, response) => {
    const [, kind, name = ""] = (request.url ?? "").split("/");
    const body = String(await readBody(request, MAX_BYTES));
    const answer = (status: number): void => sendText(response, status, {}, "");
    if (kind === "queues") {
      try {
        queue.send(name, JSON.parse(body) as SentMessage[]);
        answer(200);
      } catch (error) {
        if (!(error instanceof QueueRefuses)) throw error;
        answer(503);
      }
    } else if (faults.isStorageDown) {
      answer(503);
    } else {
      await (await bucket()).put(decodeURIComponent(name), body);
      answer(200);
    }
  }, 0);
}
