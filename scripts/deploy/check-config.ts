import type { DeployConfig, RootConfig } from "./deploy-config.ts";
import type { Stage } from "./stage.ts";

const LEAST_PASSWORD_LN = 15;

export type ConfigCheck = {
  /** As it will be deployed, and as it stands in the file. */
  rendered: DeployConfig;
  original: DeployConfig;
  stage: Stage;
};

/** What is wrong with a configuration, in words; nothing of it is asked of anybody. */
export function checkConfig({ rendered, original, stage }: ConfigCheck): string[] {
  return [
    ...checkShards(rendered.workers),
    ...checkConsumers(rendered.workers),
    ...checkShared(rendered),
    ...checkOrigins(rendered.workers),
    ...(stage === "production" ? [] : checkApart(rendered.workers, original.workers)),
    ...checkStrictness(rendered.workers),
  ];
}

function checkShards({ env: { collect } }: RootConfig): string[] {
  const shards = Number(collect.vars["EVENT_SHARDS"]);
  const bound = new Set((collect.queues?.producers ?? []).map(({ binding }) => binding));
  const missing = Array.from({ length: shards }, (_, n) => `EVENTS_${n}`).filter((name) => !bound.has(name));
  return missing.map((name) => `collect has no binding ${name}, which EVENT_SHARDS = ${shards} needs`);
}

function checkConsumers({ env }: RootConfig): string[] {
  const consumers = Object.values(env).flatMap(({ queues }) => queues?.consumers ?? []);
  const consumed = new Set(consumers.map(({ queue }) => queue));
  const filled = Object.values(env)
    .flatMap(({ queues }) => (queues?.producers ?? []).map(({ queue }) => queue))
    .concat(consumers.flatMap(({ dead_letter_queue: dead }) => (dead === undefined ? [] : [dead])));
  return [...new Set(filled)]
    .filter((queue) => !consumed.has(queue))
    .map((queue) => `nobody consumes the queue ${queue}`);
}

/** What several must name alike. */
function checkShared({ workers: { env }, pages }: DeployConfig): string[] {
  const kv = new Set(Object.values(env).flatMap(({ kv_namespaces: all = [] }) => all.map(({ id }) => id)));
  const differing = ["APP_ORIGIN", "COLLECT_ORIGIN", "MAIL_FROM"].filter(
    (name) => env.api.vars[name] !== env.jobs.vars[name],
  );
  const api = pages.services?.find(({ binding }) => binding === "API");
  return [
    ...(kv.size > 1 ? [`the Workers have different KV namespaces: ${[...kv].join(", ")}`] : []),
    ...differing.map((name) => `api and jobs have a different ${name}`),
    ...(api?.service === env.api.name ? [] : [`Pages is not bound to ${env.api.name}`]),
  ];
}

function checkOrigins({ env: { api } }: RootConfig): string[] {
  const problems: string[] = [];
  for (const name of ["APP_ORIGIN", "COLLECT_ORIGIN"]) {
    const origin = api.vars[name] ?? "";
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || !origin.startsWith("https://")) {
      problems.push(`${name} must be https://host, not ${origin === "" ? "empty" : origin}`);
    } else if (origin.endsWith(".example")) {
      problems.push(`${name} is still the example ${origin}: set it in wrangler.toml or in the environment`);
    }
  }
  if (/@[\w.-]*\.example>?$/.test(api.vars["MAIL_FROM"] ?? "")) {
    problems.push("MAIL_FROM is still the example: set it in wrangler.toml or in the environment");
  }
  return problems;
}

/** Links in mails of a stage must not lead into production. */
function checkApart({ env }: RootConfig, { env: original }: RootConfig): string[] {
  return ["APP_ORIGIN", "COLLECT_ORIGIN"]
    .filter((name) => env.api.vars[name] === original.api.vars[name])
    .map((name) => `${name} is that of production: set it in the environment`);
}

function checkStrictness({ env }: RootConfig): string[] {
  const lax = Object.values(env).filter(({ vars }) => vars["STAGE"] !== "production");
  const isWeak = !(Number(env.api.vars["PASSWORD_LN"]) >= LEAST_PASSWORD_LN);
  return [
    ...lax.map(({ name }) => `STAGE of ${name} is not "production", which is for stacks on your own machine`),
    ...(isWeak ? [`PASSWORD_LN must be ${LEAST_PASSWORD_LN} at least`] : []),
  ];
}
