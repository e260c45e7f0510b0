import { namedDatabases } from "#scripts/migrations/database-urls.ts";
import type { WorkerConfig } from "./deploy-config.ts";
import type { WorkerKey } from "./stage.ts";

export type SecretSpec = {
  name: string;
  workers: readonly WorkerKey[];
  /** Whether the Workers do not run without it. */
  isRequired: boolean;
  /** Where to get it. */
  from: string;
};

const BOTH: readonly WorkerKey[] = ["api", "jobs"];

/** The secrets of a deployment: those it needs, and those it takes when the environment has them. */
export function secretSpecs(api: WorkerConfig, environment: NodeJS.ProcessEnv): SecretSpec[] {
  const needsMailKey = api.vars["MAIL_PROVIDER"] !== "cloudflare";
  const home = (api.vars["NEW_ACCOUNTS_DATABASE"] ?? "main").toUpperCase();
  const further = new Set(namedDatabases(environment).map(([name]) => name.toUpperCase()));
  if (home !== "MAIN") further.add(home);
  const optional = (name: string, workers: readonly WorkerKey[], from: string): SecretSpec => ({
    name,
    workers,
    isRequired: false,
    from,
  });
  return [
    { name: "DATABASE_URL", workers: BOTH, isRequired: true, from: "Neon, the direct connection string" },
    ...[...further].map((name) => ({
      name: `DATABASE_URL_${name}`,
      workers: BOTH,
      isRequired: name === home,
      from: "Neon, the direct connection string",
    })),
    { name: "MAIL_API_KEY", workers: BOTH, isRequired: needsMailKey, from: "Resend or Postmark" },
    optional("UPSTASH_REDIS_REST_URL", BOTH, "Upstash, REST"),
    optional("UPSTASH_REDIS_REST_TOKEN", BOTH, "Upstash, REST"),
    optional("RESEND_WEBHOOK_SECRET", ["api"], "Resend, Webhooks"),
    optional("POSTMARK_WEBHOOK_SECRET", ["api"], "a password of your own"),
    optional("SENTRY_DSN", ["jobs"], "Sentry, Client keys"),
  ];
}

/** What of the environment goes to a Worker as secrets. */
export function secretsFor(
  worker: WorkerKey,
  specs: readonly SecretSpec[],
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  return Object.fromEntries(
    specs.flatMap(({ name, workers }) => {
      const value = environment[name];
      return workers.includes(worker) && value !== undefined && value !== "" ? [[name, value]] : [];
    }),
  );
}

/** A text without the values of secrets, whoever printed them. */
export function withoutSecrets(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value.length > 3)
    .toSorted((a, b) => b.length - a.length)
    .reduce((cleaned, value) => cleaned.replaceAll(value, "•••"), text);
}

/** The values of the environment that no line may show: by the names of the Workers' secrets, and what opens accounts. */
export function secretValues(environment: NodeJS.ProcessEnv): string[] {
  const isSecret = /^(DATABASE_URL(_\w+)?|\w*(TOKEN|SECRET|API_KEY|DSN|PASSWORD)|UPSTASH_REDIS_REST_URL)$/;
  return Object.entries(environment).flatMap(([name, value]) => {
    if (!isSecret.test(name) || value === undefined || value === "") return [];
    // A driver's message may hold the password without the rest.
    const password = URL.canParse(value) ? decodeURIComponent(new URL(value).password) : "";
    return password === "" ? [value] : [value, password];
  });
}
