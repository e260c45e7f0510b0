import { describe, expect, test } from "vitest";
import { readDevOptions } from "#scripts/dev/options.ts";

describe("npm run dev", () => {
  test("without anything asked starts a stack of its own that persists", () => {
    expect(readDevOptions([], {})).toMatchObject({
      reset: false,
      empty: false,
      watch: false,
      stack: {
        persist: true,
        databaseUrl: undefined,
        ports: { app: 8787, collect: 8788, mail: 8789, shop: 8790 },
      },
    });
    expect(readDevOptions([], {}).stack).not.toHaveProperty("upstash");
    expect(readDevOptions([], {}).stack).not.toHaveProperty("mail");
    expect(readDevOptions([], {}).stack.mailing).toEqual({});
  });

  test("takes its flags, and moves all ports with --port", () => {
    expect(readDevOptions(["--reset", "--empty", "--watch", "--port", "9000"], {})).toMatchObject({
      reset: true,
      empty: true,
      watch: true,
      stack: { ports: { app: 9000, collect: 9001 } },
    });
  });

  test("uses the services that the environment names", () => {
    const environment = {
      DATABASE_URL: "postgresql://u:p@ep-x.eu-central-1.aws.neon.tech/main",
      UPSTASH_REDIS_REST_URL: "https://x.upstash.io",
      UPSTASH_REDIS_REST_TOKEN: "t",
      MAIL_API_KEY: "re_1",
    };
    expect(readDevOptions([], environment).stack).toMatchObject({
      databaseUrl: environment.DATABASE_URL,
      upstash: { url: "https://x.upstash.io", token: "t" },
      mail: { apiKey: "re_1" },
    });
  });

  test("takes every variable of mail that the Workers know", () => {
    const environment = {
      MAIL_API_KEY: "x",
      MAIL_API_URL: "http://localhost:9980",
      MAIL_PROVIDER: "postmark",
      MAIL_FROM: "Mine <me@mine.example>",
      MAIL_PER_SECOND: "0.5",
    };
    expect(readDevOptions([], environment).stack).toMatchObject({
      mail: { apiKey: "x", url: "http://localhost:9980", provider: "postmark" },
      mailing: { from: "Mine <me@mine.example>", perSecond: "0.5" },
    });
  });

  test("lets the mail catcher have another sender and pace", () => {
    const environment = { MAIL_FROM: "Mine <me@mine.example>", MAIL_PER_SECOND: "3" };
    const { stack } = readDevOptions([], environment);
    expect(stack).not.toHaveProperty("mail");
    expect(stack.mailing).toEqual({ from: "Mine <me@mine.example>", perSecond: "3" });
  });

  test("starts a second database when asked, or one that the environment names", () => {
    expect(readDevOptions([], {}).stack.databaseUrls).toEqual({});
    expect(readDevOptions(["--databases", "2"], {}).stack.databaseUrls).toEqual({ second: undefined });
    const environment = { DATABASE_URL_SECOND: "postgresql://u:p@h/second", NEW_ACCOUNTS_DATABASE: "second" };
    expect(readDevOptions(["--databases", "2"], environment).stack).toMatchObject({
      databaseUrls: { second: environment.DATABASE_URL_SECOND },
      newAccountsDatabase: "second",
    });
  });

  test.each([
    [["--databases", "3"], {}, "--databases takes 1 or 2"],
    [["--port", "many"], {}, "--port takes a number"],
    [["--port", "0"], {}, "--port takes a number"],
    [["--nosuch"], {}, "--nosuch"],
    [[], { UPSTASH_REDIS_REST_URL: "https://x" }, "needs UPSTASH_REDIS_REST_TOKEN"],
    [[], { MAIL_API_URL: "https://x" }, "MAIL_API_URL needs MAIL_API_KEY"],
    [[], { MAIL_PROVIDER: "postmark" }, "MAIL_PROVIDER needs MAIL_API_KEY"],
    [[], { MAIL_API_KEY: "x", MAIL_API_URL: "localhost" }, "MAIL_API_URL is no http(s) address"],
    [[], { MAIL_API_KEY: "x", MAIL_PROVIDER: "smtp" }, "MAIL_PROVIDER is none of"],
    [[], { MAIL_API_KEY: "x", MAIL_PROVIDER: "cloudflare" }, "MAIL_PROVIDER cloudflare sends only"],
    [[], { MAIL_PROVIDER: "cloudflare" }, "MAIL_PROVIDER cloudflare sends only"],
    [[], { MAIL_PER_SECOND: "many" }, "MAIL_PER_SECOND is not a number"],
  ] as [string[], Record<string, string>, string][])("refuses %j with %j", (args, environment, message) => {
    expect(() => readDevOptions(args, environment)).toThrow(message);
  });
});
