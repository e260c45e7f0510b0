import { workMessage, type WorkMessage } from "#contract/work-message.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { deliverReport } from "#usecases/reports/deliver-report.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";
import type { JobsDeps } from "./jobs-deps.ts";
import { retryDelaySeconds } from "./retry-delay.ts";

/** Does the work of a batch, each message by itself: one that fails is tried again later and harms no other. */
export async function consumeWork(deps: JobsDeps, batch: MessageBatch): Promise<void> {
  await Promise.all(batch.messages.map(async (source) => await consumeOne(deps, source)));
}

async function consumeOne(deps: JobsDeps, source: Message): Promise<void> {
  const parsed = workMessage.safeParse(source.body);
  if (!parsed.success) {
    deps.log("error", "work_unreadable", { messageId: source.id });
    await deps.spilled.keepUnreadable(source.id, source.body);
    source.ack();
    return;
  }
  try {
    await work(deps, parsed.data, source.attempts);
    source.ack();
  } catch (error) {
    const kind = error instanceof Error ? error.name : "unknown";
    deps.log("warn", "work_retried", { kind: parsed.data.kind, attempts: source.attempts, error: kind });
    source.retry({ delaySeconds: retryDelaySeconds(source.attempts) });
  }
}

async function work(deps: JobsDeps, message: WorkMessage, attempts: number): Promise<void> {
  switch (message.kind) {
    case "build-report":
      await buildReport(deps, { ...message, attempts });
      return;
    case "deliver-report":
      await deliverReport(deps, { ...message, attempts });
      return;
    case "rematch-sources":
      await rematchSources(deps, message);
  }
}
