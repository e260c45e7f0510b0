import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createRequire } from "node:module";
import type * as Wrangler from "wrangler";
import { projectFolder } from "#scripts/stack/project.ts";

const { unstable_readConfig: readConfig } = createRequire(import.meta.url)("wrangler") as typeof Wrangler;

type Environment = Record<string, unknown>;
type Deliver = (batch: object) => Promise<void>;
type Producers = { queues: { producers?: { binding: string; queue: string }[] } };

const RETRY_AFTER_MS = 200;
const MAX_ATTEMPTS = 5;

/** The environment with its queues replaced by ones that hand each message to the consumer in this process. */
export function deliverInNode(environment: Environment, worker: string, deliver: Deliver): Environment {
  const config = readConfig({
    config: join(projectFolder, "wrangler.toml"),
    env: worker.replace("waymark-", ""),
  }) as Producers;
  const queues = (config.queues.producers ?? []).map(({ binding, queue }) => [
    binding,
    openQueue(queue, deliver),
  ]);
  return { ...environment, ...(Object.fromEntries(queues) as Environment) };
}

function openQueue(queue: string, deliver: Deliver): object {
  const attempt = (body: unknown, attempts: number): void => {
    setTimeout(
      () => {
        const again = (): void => {
          if (attempts < MAX_ATTEMPTS) attempt(body, attempts + 1);
        };
        deliver(toBatch(queue, { body, attempts }, again)).catch(again);
      },
      attempts === 1 ? 0 : RETRY_AFTER_MS,
    );
  };
  return {
    send: async (body: unknown) => await Promise.resolve(attempt(structuredClone(body), 1)),
    sendBatch: async (messages: Iterable<{ body: unknown }>) => {
      for (const { body } of messages) attempt(structuredClone(body), 1);
      await Promise.resolve();
    },
  };
}

function toBatch(
  queue: string,
  { body, attempts }: { body: unknown; attempts: number },
  again: () => void,
): object {
  const message = {
    id: randomUUID(),
    timestamp: new Date(),
    body,
    attempts,
    ack: () => undefined,
    retry: again,
  };
  return { queue, messages: [message], ackAll: () => undefined, retryAll: again };
}
