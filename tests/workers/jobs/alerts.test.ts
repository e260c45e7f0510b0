// @module-tag long
import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SITE_ALERTS } from "#core/alerts/alert-kind.ts";
import { ALERT_NAMES } from "#core/alerts/alert-words.ts";
import type { AlertMessage } from "#core/alerts/alert-message.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { listenHttp, readBody, sendJson, type ListeningServer } from "#scripts/stack/http/http-server.ts";
import { signUp, SHOP, type Person } from "#tests/workers/api/people.ts";
import type { RunningApi } from "#tests/workers/api/start-api.ts";
import {
  addBudget,
  addDeadLetter,
  answerRequests,
  failReport,
  fillRhythm,
  setHour,
  spend,
  storeBody,
} from "#tests/support/alert-facts.ts";
import { eventId } from "#tests/support/messages.ts";
import type { TestSite } from "#tests/support/sites.ts";
import { startWorkers, type TestWorkers } from "#tests/support/start-workers.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Everything happened in the last hours: a cron is told which minute it is, so nothing has to be waited for. */
const BASE = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 4 * HOUR_MS;

/** Some thirty runs of the whole cron, on a machine that does other things too. */
const PATIENCE_MS = 240_000;

type Post = { body: string; signature: string; delivery: string };

let stack: TestWorkers;
let api: RunningApi;
let receiver: ListeningServer;
let operator: Person;
let owner: Person;
const posts = new Map<string, Post[]>();
const secrets = new Map<string, string>();

beforeAll(async () => {
  stack = await startWorkers();
  api = {
    ...stack,
    fetch: async (path: string, init?: RequestInit) => await stack.api(path, init),
  } as unknown as RunningApi;
  receiver = await listenHttp(async (request, response) => {
    const place = request.url ?? "";
    const body = (await readBody(request, 100_000))?.toString() ?? "";
    const header = (name: string) => String(request.headers[name]);
    const post = { body, signature: header("waymark-signature"), delivery: header("waymark-delivery") };
    posts.set(place, [...(posts.get(place) ?? []), post]);
    sendJson(response, 200, {});
  }, 0);
  [operator, owner] = await Promise.all([signUp(api), signUp(api)]);
  await stack.db.execute(sql`update control.users set email_confirmed_at = now()`);
  await stack.db.execute(sql`update control.users set is_superadmin = true where email = ${operator.email}`);
  await addWebhook(operator, "/api/v1/admin/alert-channels", "/operators");
  await look(-60);
  await addWebhook(owner, "/api/v1/alert-channels", "/owner");
});

afterAll(async () => {
  await Promise.all([stack.stop(), receiver.close()]);
});

async function addWebhook(person: Person, path: string, place: string): Promise<void> {
  const target = `${receiver.url.replace(/\/$/, "")}${place}`;
  const made = await person.ask(`POST ${path}`, { kind: "webhook", name: "Hook", target });
  expect(made.status).toBe(201);
  secrets.set(place, String(made.body["secret"]));
}

async function addSite(): Promise<TestSite> {
  const { body } = await owner.ask("POST /api/v1/sites", SHOP);
  const { rows } = await stack.db.execute<TestSite>(sql`
    select id as "siteId", public_id as "publicId", site_key as "siteKey", account_id as "accountId"
    from site.sites where public_id = ${String(body["id"])}`);
  const [site] = rows;
  if (site === undefined) throw new Error("The site was not made");
  return site;
}

const at = (minute: number) => BASE + minute * MINUTE_MS;

async function look(minute: number): Promise<void> {
  await stack.workers.runCron("* * * * *", new Date(at(minute)));
}

function messagesOf(place: string): { type: string; alert: AlertMessage }[] {
  return (posts.get(place) ?? []).map(
    ({ body }) => JSON.parse(body) as { type: string; alert: AlertMessage },
  );
}

/** What a receiver does to be sure that a message is ours, as the documentation says it. */
function isSigned({ body, signature }: Post, secret: string): boolean {
  const parts = signature.split(",").map((part) => part.split("=") as [string, string]);
  const seconds = parts.find(([name]) => name === "t")?.[1] ?? "";
  const proof = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return parts.some(([name, value]) => name === "v1" && value === proof);
}

/** An hour that cannot be rolled up: a stale mark that nothing may take away. */
async function breakRollUp(site: TestSite): Promise<() => Promise<void>> {
  await stack.db.execute(sql`
    create function site.refuse() returns trigger language plpgsql as $$ begin raise exception 'stalled'; end $$`);
  await stack.db.execute(sql`
    create trigger refuse before delete on site.stale_hours for each row execute function site.refuse()`);
  await stack.db.execute(sql`
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    values (${site.siteId}, ${new Date(at(-180)).toISOString()}::timestamptz, 1,
      ${new Date(at(-20)).toISOString()}::timestamptz)`);
  return async () => void (await stack.db.execute(sql`drop trigger refuse on site.stale_hours`));
}

async function fillRequests(): Promise<void> {
  for (let n = 0; n < 30; n += 1) {
    const isBad = n < 10;
    const row = { minuteMs: at(n), route: "/api/v1/sites", ms: isBad ? 3_000 : 20 };
    await answerRequests(stack.db, { ...row, status: 200, requests: 60 });
    if (isBad) await answerRequests(stack.db, { ...row, status: 503, requests: 6 });
  }
}

/** Campaigns: one spends too fast, one too slowly, one too much for each of its five conversions; and how to mend each. */
async function misspend(site: TestSite): Promise<() => Promise<void>> {
  const today = siteDay(BASE, SHOP.timeZone);
  const flight = { startsOn: addDays(today, -10), endsOn: addDays(today, 10), budgetMinor: 100_000 };
  const fast = await addBudget(stack.db, site, { name: "Fast", ...flight });
  const slow = await addBudget(stack.db, site, { name: "Slow", ...flight });
  const dear = await addBudget(stack.db, site, {
    name: "Dear",
    ...flight,
    budgetMinor: null,
    targetCpaMinor: 1_000,
  });
  await importConversions(site, "Dear");
  const day = addDays(today, -3);
  const pay = async (minor: number[]) => {
    for (const [n, { id }] of [fast, slow, dear].entries()) {
      await spend(stack.db, site, { campaignId: id, day, minor: minor[n] ?? 0 });
    }
  };
  await pay([90_000, 1_000, 50_000]);
  return async () => await pay([50_000, 50_000, 2_000]);
}

async function importConversions(site: TestSite, campaign: string): Promise<void> {
  const key = await owner.ask("POST /api/v1/api-keys", { name: "Import", scopes: ["events:write"] });
  const events = Array.from({ length: 5 }, (_, n) => {
    const visitor = `00000000-0000-4000-8000-00000000000${n}`;
    const touch = {
      id: eventId(Date.now()),
      type: "pageview",
      at: at(-30 * 60),
      url: "https://shop.example/",
      visitor,
      campaign,
    };
    return [
      touch,
      {
        ...touch,
        id: eventId(Date.now()),
        type: "conversion",
        at: at(-30 * 60 + 1),
        value: 10,
        currency: "EUR",
        orderId: `o${n}`,
      },
    ];
  });
  const answer = await owner.ask(
    "POST /api/v1/events",
    { siteId: site.publicId, events: events.flat() },
    { authorization: `Bearer ${String(key.body["key"])}`, cookie: "" },
  );
  expect(answer.body).toMatchObject({ accepted: 10, rejected: [] });
}

describe("every standard alert", () => {
  it(
    "fires once and is over once, is mailed and posted with a good signature, and a quiet site never fires",
    { timeout: PATIENCE_MS },
    async () => {
      const [busy, quiet, money] = [await addSite(), await addSite(), await addSite()];
      await fillRhythm(stack.db, busy, { untilMs: BASE, pageviews: 50, conversions: 20 });
      await fillRhythm(stack.db, quiet, { untilMs: BASE, pageviews: 0 });
      for (let n = 1; n <= 3; n += 1) {
        await setHour(stack.db, busy, { hourMs: at(-60 * n), pageviews: 50, conversions: 6 });
      }
      await storeBody(stack.db, busy, { receivedMs: at(-2) });
      await storeBody(stack.db, quiet, { receivedMs: at(-9.5), lagMs: 10 * MINUTE_MS });
      await fillRequests();
      await addDeadLetter(stack.db, busy, BASE);
      await failReport(stack.db, busy, at(-1));
      const mendRollUp = await breakRollUp(quiet);
      const mendSpend = await misspend(money);

      // Sites take turns: conversions a tenth of them a minute, campaigns a sixtieth.
      const conversionTurn = 9 + ((((busy.siteId - 9) % 10) + 10) % 10);
      const moneyTurn = money.siteId % 60;
      const mend = new Map<number, () => Promise<unknown>>([
        [14, mendRollUp],
        [14.1, async () => await stack.db.execute(sql`update site.dead_letters set replayed_at = now()`)],
        [14.2, async () => await stack.db.execute(sql`update site.reports set deleted_at = now()`)],
        [40, async () => await mendConversions(busy)],
        [moneyTurn + 0.5, mendSpend],
        [70, async () => await storeBody(stack.db, busy, { receivedMs: at(70) })],
      ]);
      // Those of the installation, conversions, campaigns, the silent site.
      const looks = [1, 3, 5, 7, 15, 17, 19, 21, 23, 25].concat(
        [conversionTurn, conversionTurn + 20, 45, 65, 85, 106],
        [moneyTurn, moneyTurn + 12, moneyTurn + 73],
        [71, 73, 75, 77],
      );
      for (const minute of [...new Set([...looks, ...mend.keys()])].toSorted((a, b) => a - b)) {
        await (mend.get(minute)?.() ?? look(minute));
      }

      const operators = [
        "error-rate",
        "slow-answers",
        "ingest-lag",
        "dead-letters",
        "rollup-stalled",
        "report-failure",
      ];
      const customers = [...SITE_ALERTS, "report-failure"];
      for (const [place, kinds] of [
        ["/operators", operators],
        ["/owner", customers],
      ] as const) {
        const wanted = kinds.flatMap((kind) => [`${kind} alert.fired`, `${kind} alert.resolved`]).toSorted();
        const told = () => messagesOf(place).map(({ type, alert }) => `${alert.kind} ${type}`);
        await vi.waitFor(() => expect(told().toSorted()).toEqual(wanted), { timeout: 30_000, interval: 100 });
        const secret = secrets.get(place) ?? "";
        expect((posts.get(place) ?? []).filter((post) => !isSigned(post, secret))).toEqual([]);
        expect((posts.get(place) ?? []).filter((post) => isSigned(post, "another"))).toEqual([]);
      }
      const named = messagesOf("/owner").filter(({ alert }) => alert.site?.id === quiet.publicId);
      expect(named).toEqual([]);
      await expectMails(operator, operators);
      await expectMails(owner, customers);
      const { rows } = await stack.db.execute(
        sql`select from control.alerts where site_id = ${quiet.siteId}`,
      );
      expect(rows).toEqual([]);
    },
  );

  it("says what to look at in its message", () => {
    const fired = new Map(
      messagesOf("/operators")
        .concat(messagesOf("/owner"))
        .filter(({ type }) => type === "alert.fired")
        .map(({ alert }) => [alert.kind, alert]),
    );
    expect(fired.get("error-rate")?.text).toMatch(
      /30 of 30 failed requests were 503 on GET \/api\/v1\/sites\./,
    );
    expect(fired.get("slow-answers")?.text).toMatch(/GET \/api\/v1\/sites took most of the time: 3,0\d\d ms/);
    expect(fired.get("dead-letters")?.url).toMatch(/\/admin\/dead-letters\?reason=sqlstate_22003$/);
    expect(fired.get("site-silent")?.text).toMatch(/^No event since .* usually have 7\d\.$/);
    expect(fired.get("conversion-drop")?.text).toMatch(/^18 conversions .* usually have 60, over 8 weeks\.$/);
    expect(fired.get("overspend")?.text).toMatch(/^EUR 900\.00 of EUR 1,000\.00 are spent \(90 %\)/);
    expect(fired.get("cpa-above-target")?.text).toMatch(/EUR 100\.00 each; the target is EUR 10\.00\.$/);
    for (const alert of fired.values()) {
      expect(alert.runbookUrl).toMatch(new RegExp(`/docs/runbooks/${alert.kind}$`));
    }
  });
});

/** The hours that the rule looks at until the end have again what they usually have. */
async function mendConversions(site: TestSite): Promise<void> {
  for (let n = 0; n <= 3; n += 1) {
    await setHour(stack.db, site, { hourMs: at(-60 * n), pageviews: 50, conversions: 20 });
  }
}

async function expectMails({ email }: Person, kinds: readonly string[]): Promise<void> {
  const wanted = kinds.flatMap((kind) => {
    const name = ALERT_NAMES[kind as keyof typeof ALERT_NAMES];
    return [`Alert: ${name}`, `Over: ${name}`];
  });
  await vi.waitFor(
    async () => {
      const mails = await stack.mails(email);
      const subjects = mails.map(({ subject }) => subject.replace(/^(\w+: [^:]+).*$/, "$1"));
      expect(subjects.filter((subject) => /^(Alert|Over):/.test(subject)).toSorted()).toEqual(
        wanted.toSorted(),
      );
    },
    { timeout: 20_000, interval: 200 },
  );
}
