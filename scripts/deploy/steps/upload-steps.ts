import { listDeployments, listVersions, run, targetArgs } from "#scripts/deploy/cloudflare.ts";
import { type Context, type Step, targetOf } from "#scripts/deploy/context.ts";
import { secretsFor } from "#scripts/deploy/secrets.ts";
import { WORKERS, type WorkerKey } from "#scripts/deploy/stage.ts";

/** Cloudflare's tags are short. */
const MOST_TAG_CHARACTERS = 25;

/** One version of each Worker, with its secrets, that gets no traffic yet. */
export function uploadSteps(context: Pick<Context, "config" | "release">): Step[] {
  return [
    {
      kind: "build",
      description: "pixel and dashboard",
      act: async ({ outside }) => await outside.build(),
    },
    ...WORKERS.map((worker) => ({
      kind: "upload" as const,
      description: `version of ${context.config.workers.env[worker].name}, tagged ${tagOf(context.release)}, without traffic (deployed at once where the Worker is new)`,
      isDone: async (running: Context) => await findUploaded(running, worker),
      act: async (running: Context) => await upload(running, worker),
    })),
  ];
}

export function tagOf(release: string): string {
  return release.slice(0, MOST_TAG_CHARACTERS);
}

/** A release that was uploaded before is not uploaded again; what was not committed has no name to know it by. */
async function findUploaded(context: Context, worker: WorkerKey): Promise<boolean> {
  if (context.release.endsWith("-dirty")) return false;
  const versions = (await listVersions(context.outside, targetOf(context, worker).name)) ?? [];
  const found = versions.findLast(({ tag }) => tag === tagOf(context.release));
  if (found === undefined) return false;
  context.uploaded[worker] = { id: found.id, previewUrl: null };
  return true;
}

async function upload(context: Context, worker: WorkerKey): Promise<void> {
  const { outside, release, specs, environment } = context;
  const target = targetOf(context, worker);
  // Cloudflare takes a version only of a Worker that is there.
  const isNew = (await listDeployments(outside, target.name)) === null;
  const command = isNew ? ["deploy"] : ["versions", "upload"];
  const named = ["--tag", tagOf(release), "--message", `waymark ${release}`];
  const secrets = secretsFor(worker, specs, environment);
  const { records } = await run(outside, [...command, ...named, ...targetArgs(target)], secrets);
  const record = records.find(({ type }) => type === (isNew ? "deploy" : "version-upload"));
  const id = record?.["version_id"];
  if (typeof id !== "string") throw new Error(`Cannot tell which version of ${worker} was uploaded`);
  const previewUrl = record?.["preview_url"];
  context.uploaded[worker] = { id, previewUrl: typeof previewUrl === "string" ? previewUrl : null };
}
