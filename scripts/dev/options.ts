import { parseArgs } from "node:util";
import { namedDatabases } from "#scripts/migrations/database-urls.ts";
import type { StackOptions, StackPorts } from "#scripts/stack/stack.ts";

export type DevOptions = { reset: boolean; empty: boolean; watch: boolean; stack: StackOptions };

/** The dashboard's usual port; the others follow it. */
const USUAL_PORT = 8787;
const MINUTE_EVERY_MS = 5000;

/** What the command line and the environment ask for. Throws with a sentence for the user when it makes no sense. */
export function readDevOptions(args: string[], environment: NodeJS.ProcessEnv): DevOptions {
  const { values } = parseArgs({
    args,
    options: {
      reset: { type: "boolean", default: false },
      empty: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      port: { type: "string", default: String(USUAL_PORT) },
      databases: { type: "string", default: "1" },
    },
  });
  return {
    reset: values.reset,
    empty: values.empty,
    watch: values.watch,
    stack: {
      persist: true,
      minuteEveryMs: MINUTE_EVERY_MS,
      ports: portsFrom(values.port),
      databaseUrl: value(environment, "DATABASE_URL"),
      databaseUrls: furtherDatabases(values.databases, environment),
      newAccountsDatabase: value(environment, "NEW_ACCOUNTS_DATABASE"),
      ...externalRedis(environment),
      ...externalMail(environment),
    },
  };
}

export function portsFrom(text: string): StackPorts {
  const app = Number(text);
  if (!Number.isInteger(app) || app < 1 || app > 65_000)
    throw new Error(`--port takes a number, not "${text}".`);
  return { app, collect: app + 1, mail: app + 2, shop: app + 3, postgres: app + 4 };
}

/** `--databases 2` is one called `second` beside `main`; DATABASE_URL_NAME, whose address is given, is one called `name`. */
function furtherDatabases(count: string, environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  if (count !== "1" && count !== "2") throw new Error(`--databases takes 1 or 2, not "${count}".`);
  const named = namedDatabases(environment);
  return { ...(count === "2" ? { second: undefined } : {}), ...Object.fromEntries(named) };
}

function externalRedis(environment: NodeJS.ProcessEnv): Pick<StackOptions, "upstash"> {
  const url = value(environment, "UPSTASH_REDIS_REST_URL");
  const token = value(environment, "UPSTASH_REDIS_REST_TOKEN");
  if (url === undefined) return {};
  if (token === undefined)
    throw new Error("UPSTASH_REDIS_REST_URL needs UPSTASH_REDIS_REST_TOKEN beside it.");
  return { upstash: { url, token } };
}

function externalMail(environment: NodeJS.ProcessEnv): Pick<StackOptions, "mail"> {
  const apiKey = value(environment, "MAIL_API_KEY");
  const url = value(environment, "MAIL_API_URL");
  if (apiKey === undefined && url === undefined) return {};
  if (apiKey === undefined) throw new Error("MAIL_API_URL needs MAIL_API_KEY beside it.");
  return { mail: { url: url ?? "https://api.resend.com", apiKey } };
}

function value(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = environment[name];
  return text === undefined || text === "" ? undefined : text;
}
