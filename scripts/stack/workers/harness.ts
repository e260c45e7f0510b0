import type { TestHarness, TestHarnessOptions, unstable_DevEnv } from "wrangler";

type DevEnv = typeof unstable_DevEnv;
type Dispatched = Parameters<DevEnv["prototype"]["dispatch"]>[0];

/** Wrangler's harness for Workers in workerd, which reach out by themselves, as in production. It does not listen yet. */
export async function createHarness(options: TestHarnessOptions): Promise<TestHarness> {
  withoutWhatWatches();
  // A second of loading: not before somebody needs it.
  const wrangler = await import("wrangler");
  letWorkersReachOut(wrangler.unstable_DevEnv);
  return wrangler.createTestHarness(options);
}

/**
 * Wrangler has a Worker of its own beside ours that records each request and each call they make, and another that shows
 * what they store. Nobody looks at either here, and the first is as much work as a small request itself.
 */
function withoutWhatWatches(): void {
  process.env["X_LOCAL_OBSERVABILITY"] ??= "false";
  process.env["X_LOCAL_EXPLORER"] ??= "false";
}

const changed = new WeakSet<DevEnv>();

/**
 * The harness would bring each request of a Worker into this process, for tests that replace `fetch`, and send it on from
 * here. Our Workers ask Postgres and Redis dozens of times for an answer: that was a sixth of what they and the tests did,
 * and where nobody listened they were answered with a 500 instead of a broken connection. The harness has no option for
 * it, but all that it tells the runtime passes through `dispatch`.
 */
function letWorkersReachOut(devEnv: DevEnv): void {
  if (changed.has(devEnv)) return;
  changed.add(devEnv);
  // oxlint-disable-next-line typescript/unbound-method -- bound again where it is called.
  const { dispatch } = devEnv.prototype;
  devEnv.prototype.dispatch = function withoutDetour(this: InstanceType<DevEnv>, event: Dispatched): void {
    if ("config" in event) delete event.config.dev.outboundService;
    dispatch.call(this, event);
  };
}
