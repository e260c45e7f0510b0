import { parseArgs } from "node:util";
import { chooseMailer } from "#platform/mail/choose-mailer.ts";
import { namedDatabases } from "#scripts/migrations/database-urls.ts";
import type { StackOptions, StackPorts } from "#scripts/stack/stack.ts";
import type { MailService } from "#scripts/stack/workers/workers.ts";

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
      ...mailOptions(environment),
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

/** The provider and how to send. Whatever the Workers would refuse at their first mail is refused here. */
function mailOptions(environment: NodeJS.ProcessEnv): Pick<StackOptions, "mail" | "mailing"> {
  const [from, perSecond] = [value(environment, "MAIL_FROM"), value(environment, "MAIL_PER_SECOND")];
  const mailing = {
    ...(from === undefined ? {} : { from }),
    ...(perSecond === undefined ? {} : { perSecond }),
  };
  const mail = externalMail(environment);
  chooseMailer({
    MAIL_FROM: from ?? "",
    MAIL_PROVIDER: mail?.provider ?? "",
    MAIL_PER_SECOND: perSecond ?? "",
  });
  return { ...(mail === undefined ? {} : { mail }), mailing };
}

function externalMail(environment: NodeJS.ProcessEnv): MailService | undefined {
  const apiKey = value(environment, "MAIL_API_KEY");
  const url = value(environment, "MAIL_API_URL");
  const provider = value(environment, "MAIL_PROVIDER");
  if (provider === "cloudflare")
    throw new Error("MAIL_PROVIDER cloudflare sends only from Cloudflare; take resend or postmark here.");
  if (apiKey === undefined) {
    const [alone] = [url && "MAIL_API_URL", provider && "MAIL_PROVIDER"].filter(Boolean);
    if (alone !== undefined) throw new Error(`${alone} needs MAIL_API_KEY beside it.`);
    return undefined;
  }
  if (url !== undefined && !/^https?:\/\/./.test(url))
    throw new Error(`MAIL_API_URL is no http(s) address: "${url}".`);
  return { apiKey, ...(url === undefined ? {} : { url }), ...(provider === undefined ? {} : { provider }) };
}

function value(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = environment[name];
  return text === undefined || text === "" ? undefined : text;
}
