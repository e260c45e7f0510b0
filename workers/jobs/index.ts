import { buryEvents } from "./bury-events.ts";
import { consumeEvents } from "./consume-events.ts";
import { buryWork, consumeWork } from "./consume-work.ts";
import type { JobsEnv } from "./env.ts";
import { runCron } from "./run-cron.ts";
import { wire } from "./wiring.ts";

const EVENTS_DEAD = "waymark-events-dead";
const WORK = "waymark-work";
const WORK_DEAD = "waymark-work-dead";

/** Queue consumers and crons. A staging deployment suffixes the queues' names, so only their beginning is compared. */
export default {
  async queue(batch, env) {
    const deps = wire(env);
    if (batch.queue.startsWith(EVENTS_DEAD)) await buryEvents(deps, batch);
    else if (batch.queue.startsWith(WORK_DEAD)) await buryWork(deps, batch);
    else if (batch.queue.startsWith(WORK)) await consumeWork(deps, batch);
    else await consumeEvents(deps, batch);
  },
  async scheduled(controller, env) {
    await runCron(wire(env), controller.cron);
  },
} satisfies ExportedHandler<JobsEnv>;
