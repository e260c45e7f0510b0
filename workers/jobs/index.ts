import { buryEvents } from "./bury-events.ts";
import { consumeEvents } from "./consume-events.ts";
import { buryWork, consumeWork } from "./consume-work.ts";
import type { JobsEnv } from "./env.ts";
import { measureBatch } from "./measure-batch.ts";
import { runCron } from "./run-cron.ts";
import { wire } from "./wiring.ts";

const EVENTS_DEAD = "waymark-events-dead";
const WORK = "waymark-work";
const WORK_DEAD = "waymark-work-dead";

/** Queue consumers and crons. A staging deployment suffixes the queues' names, so only their beginning is compared. */
export default {
  async queue(batch, env, ctx) {
    const deps = wire(env, (work) => ctx.waitUntil(work));
    if (batch.queue.startsWith(EVENTS_DEAD)) await measureBatch(deps, batch, buryEvents);
    else if (batch.queue.startsWith(WORK_DEAD)) await measureBatch(deps, batch, buryWork);
    else if (batch.queue.startsWith(WORK)) await measureBatch(deps, batch, consumeWork);
    else await measureBatch(deps, batch, consumeEvents);
  },
  async scheduled(controller, env, ctx) {
    await runCron(
      wire(env, (work) => ctx.waitUntil(work)),
      { cron: controller.cron, at: new Date(controller.scheduledTime) },
    );
  },
} satisfies ExportedHandler<JobsEnv>;
