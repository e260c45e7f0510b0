import type { Context, Step } from "#scripts/deploy/context.ts";
import type { Outside } from "#scripts/deploy/outside.ts";
import { sendTestEvent } from "#scripts/deploy/send-test-event.ts";
import type { WorkerKey } from "#scripts/deploy/stage.ts";

/** What must answer 200 wherever the Worker is. The script is asked for because it is bundled from a build. */
const PATHS: Readonly<Partial<Record<WorkerKey, readonly string[]>>> = {
  api: ["/healthz", "/readyz"],
  collect: ["/healthz", "/attribution.js"],
};
const TRIES = 5;
const PAUSE_MS = 3000;

/** The uploaded versions by their own addresses, before anybody else meets them. */
export function previewSteps(): Step[] {
  return (["api", "collect"] as const).map((worker) => ({
    kind: "smoke",
    description: `the uploaded version of ${worker}, by its preview address: ${PATHS[worker]?.join(", ")}`,
    act: async ({ outside, uploaded }) => {
      const address = uploaded[worker]?.previewUrl ?? null;
      if (address === null) return outside.say("it has no preview address: it is tried when it is deployed");
      await requireHealthy(outside, { worker, origin: address });
    },
  }));
}

/** What is deployed, as the world meets it. */
export function deployedSteps({ config, environment }: Pick<Context, "config" | "environment">): Step[] {
  const { APP_ORIGIN: app = "", COLLECT_ORIGIN: collect = "" } = config.workers.env.api.vars;
  const site = environment["SMOKE_SITE_KEY"];
  return [
    {
      kind: "smoke",
      description: `collect and the dashboard as the world meets them: ${collect}/healthz, ${collect}/attribution.js, ${app}/, ${app}/api/v1/openapi.json`,
      act: async ({ outside }) => {
        await requireHealthy(outside, { worker: "collect", origin: collect });
        await requireOk(outside, `${app}/`);
        await requireOk(outside, `${app}/api/v1/openapi.json`);
      },
    },
    {
      kind: "smoke",
      description: `a test event through collect, of the site of SMOKE_SITE_KEY (${site === undefined ? "not given: left out" : "given"}); with SMOKE_API_KEY and SMOKE_SITE_ID until it is stored`,
      act: async (context) => await sendTestEvent(context),
    },
  ];
}

/** One version among those that share the traffic: `version` asks Cloudflare for it by name. */
export async function requireHealthy(
  outside: Outside,
  { worker, origin, version }: { worker: WorkerKey; origin: string; version?: string | undefined },
): Promise<void> {
  for (const path of PATHS[worker] ?? []) {
    // oxlint-disable-next-line no-await-in-loop
    await requireOk(outside, `${origin}${path}`, version);
  }
}

async function requireOk(outside: Outside, url: string, version?: string): Promise<void> {
  let last = "";
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    // A new address or version takes some seconds to be known everywhere.
    // oxlint-disable-next-line no-await-in-loop
    if (attempt > 0) await outside.pause(PAUSE_MS);
    const headers = version === undefined ? {} : { "Cloudflare-Workers-Version-Overrides": version };
    // oxlint-disable-next-line no-await-in-loop
    const answer = await outside.request(url, { headers }).catch((error: Error) => error);
    if (answer instanceof Error) last = answer.message;
    else if (answer.status === 200) return;
    else last = `answers ${answer.status}`;
  }
  throw new Error(`${url} ${last}`);
}
