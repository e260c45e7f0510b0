import type { CollectDeps } from "#usecases/collect/collect-deps.ts";

import type { CollectEnv } from "./env.ts";

/** What Hono's context carries in this Worker. */
export type CollectHono = {
  Bindings: CollectEnv;
  Variables: {
    requestId: string;
    deps: CollectDeps;
    /** Of the problem that is answered, for the meter. */
    problemCode?: string;
  };
};
