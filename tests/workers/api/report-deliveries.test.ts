import { sql } from "drizzle-orm";
import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { deliveryDetails, listedDelivery } from "#contract/reports.ts";
import { reportAddress } from "#contract/report-addresses.ts";
import { list } from "#contract/primitives.ts";
import { systemIds } from "#platform/ids.ts";
import { APP_ORIGIN } from "#tests/support/start-workers.ts";
import { addMember, ask, type Person, SHOP, signUp } from "./people.ts";
import { type TestApi, startApi } from "./start-api.ts";

const RESEND_KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NOW = new Date();

let api: TestApi;
let owner: Person;
let stranger: Person;
let viewer: Person;
let accountId: number;

beforeAll(async () => {
  api = await startApi({
    RESEND_WEBHOOK_SECRET: `whsec_${RESEND_KEY}`,
    POSTMARK_WEBHOOK_SECRET: "postmark-password",
  });
  owner = await signUp(api);
  stranger = await signUp(api);
  viewer = await addMember(api, owner, "viewer");
  const site = await owner.ask("POST /api/v1/sites", SHOP);
  const { rows } = await api.db.execute<{ account_id: number }>(sql`
    select account_id from site.sites where public_id = ${String(site.body["id"])}`);
  accountId = rows[0]?.account_id ?? 0;
  return async () => await api.stop();
});

type Facts = { status?: string; recipient?: string };

/** A delivery of a report that has its files, straight into the tables, with one attempt. */
async function addDelivery({
  status = "unknown",
  recipient = "boss@else.example",
}: Facts = {}): Promise<string> {
  const publicId = systemIds.publicId("dlv", NOW);
  await api.db.execute(sql`
    with report as (
      insert into site.reports (account_id, public_id, kind, title, options, status, created_at, ready_at)
      values (${accountId}, ${systemIds.publicId("rep", NOW)}, 'executive-summary', 'Spring', '{}', 'ready', now(), now())
      returning id
    ), delivery as (
      insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, attempts, created_at,
        first_attempt_at, provider_id)
      select ${accountId}::int, id, ${publicId}, ${recipient}, ${status}, 1, now(), now(), ${`re_${publicId}`}
      from report returning id
    )
    insert into site.report_attempts (delivery_id, attempt, began_at, ended_at, outcome, reason)
    select id, 1, now(), now(), 'ambiguous', 'TimeoutError' from delivery`);
  return publicId;
}

async function addAddress(facts: { confirmHash?: string; isConfirmed?: boolean } = {}) {
  const token = systemIds.secretHex(32);
  const address = `${systemIds.word(8)}@else.example`;
  const { rows } = await api.db.execute<{ id: string }>(sql`
    insert into control.mail_addresses (account_id, public_id, address, unsubscribe_token, confirm_hash, confirm_sent_at,
      asks, asked_by, asked_for, confirmed_at, created_at)
    values (${accountId}, ${systemIds.publicId("adr", NOW)}, ${address}, ${token}, ${facts.confirmHash ?? null}::text,
      now() - interval '1 hour', 1, 'Ann', 'Spring', ${facts.isConfirmed ? NOW.toISOString() : null}::timestamptz,
      now())
    returning public_id as id`);
  return { id: rows[0]?.id ?? "", token, address };
}

async function addressState(address: string) {
  const answer = await owner.ask("GET /api/v1/report-addresses?limit=200");
  return list(reportAddress)
    .parse(answer.body)
    .items.find((one) => one.address === address)?.state;
}

describe("deliveries", () => {
  test("are listed and shown with their log to readers of the account, and to nobody else", async () => {
    const id = await addDelivery();
    const listed = await viewer.ask("GET /api/v1/report-deliveries?status=unknown&limit=200");
    expect(
      list(listedDelivery)
        .parse(listed.body)
        .items.map((one) => one.id),
    ).toContain(id);
    const shown = await viewer.ask(`GET /api/v1/report-deliveries/${id}`);
    expect(deliveryDetails.parse(shown.body)).toMatchObject({
      id,
      status: "unknown",
      reportTitle: "Spring",
      log: [{ attempt: 1, outcome: "ambiguous", reason: "TimeoutError" }],
    });
    expect((await stranger.ask(`GET /api/v1/report-deliveries/${id}`)).status).toBe(404);
    expect((await stranger.ask("GET /api/v1/report-deliveries")).body).toEqual({ items: [], next: null });
    expect((await ask(api, `GET /api/v1/report-deliveries/${id}`)).status).toBe(401);
    expect((await owner.ask("GET /api/v1/report-deliveries/dlv_x")).status).toBe(404);
    expect((await owner.ask("GET /api/v1/report-deliveries?status=lost")).status).toBe(400);
    expect((await owner.ask("GET /api/v1/report-deliveries?after=x")).body["code"]).toBe("invalid_cursor");
  });

  test("that are unknown are sent again by who may write, once", async () => {
    const id = await addDelivery();
    const route = `POST /api/v1/report-deliveries/${id}/resend`;
    expect((await viewer.ask(route)).status).toBe(403);
    expect((await stranger.ask(route)).status).toBe(404);
    expect((await owner.ask(route)).status).toBe(202);
    expect((await owner.ask(route)).body["code"]).toBe("status_conflict");
    expect((await owner.ask(`GET /api/v1/report-deliveries/${id}`)).body["status"]).toBe("built");
  });

  test("are sent again once under one Idempotency-Key, whatever became of that mail meanwhile", async () => {
    const id = await addDelivery();
    const resend = async (key: string) => {
      const headers = { "idempotency-key": key };
      const answer = await owner.ask(`POST /api/v1/report-deliveries/${id}/resend`, undefined, headers);
      const { body } = await owner.ask(`GET /api/v1/report-deliveries/${id}`);
      return [answer.status, answer.headers.get("idempotent-replayed"), body["status"]];
    };
    expect(await resend("once")).toEqual([202, null, "built"]);
    await api.db.execute(sql`update site.report_deliveries set status = 'failed' where public_id = ${id}`);
    expect(await resend("once")).toEqual([202, "true", "failed"]);
    expect(await resend("once-more")).toEqual([202, null, "built"]);
  });
});

describe("addresses", () => {
  test("agree by the link in their mail, which shows the question first", async () => {
    const token = systemIds.secretHex(32);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
    const { address } = await addAddress({ confirmHash: Buffer.from(digest).toString("hex") });
    expect(await addressState(address)).toBe("waiting");
    const question = await ask(api, "POST /api/v1/report-addresses/question", { body: { token } });
    expect(question.body).toMatchObject({ address, askedBy: "Ann", askedFor: "Spring" });
    expect(await addressState(address)).toBe("waiting");
    const confirm = async (agrees: boolean) =>
      await ask(api, "POST /api/v1/report-addresses/confirm", { body: { token, agrees } });
    expect((await confirm(true)).status).toBe(204);
    expect(await addressState(address)).toBe("confirmed");
    expect((await confirm(false)).status).toBe(204);
    expect(await addressState(address)).toBe("unsubscribed");

    const unknown = { token: systemIds.secretHex(32), agrees: true };
    const refused = await ask(api, "POST /api/v1/report-addresses/confirm", { body: unknown });
    expect(refused.body["code"]).toBe("invalid_token");
    expect((await ask(api, "POST /api/v1/report-addresses/question", { body: { token: "x" } })).status).toBe(
      400,
    );
  });

  test("are asked again by who may write, not too often", async () => {
    const { id } = await addAddress();
    const route = `POST /api/v1/report-addresses/${id}/ask`;
    expect((await viewer.ask(route)).status).toBe(403);
    expect((await stranger.ask(route)).status).toBe(404);
    expect((await ask(api, route)).status).toBe(401);
    expect((await owner.ask(route)).status).toBe(202);
    const agreed = await addAddress({ isConfirmed: true });
    const refused = await owner.ask(`POST /api/v1/report-addresses/${agreed.id}/ask`);
    expect(refused.body["code"]).toBe("status_conflict");
  });

  test("are asked once under one Idempotency-Key, though the first answer was lost", async () => {
    const { id } = await addAddress();
    const again = async (key: string) => {
      const headers = { "idempotency-key": key };
      const answer = await owner.ask(`POST /api/v1/report-addresses/${id}/ask`, undefined, headers);
      return [answer.status, answer.headers.get("idempotent-replayed")];
    };
    expect(await again("ask-once")).toEqual([202, null]);
    await api.db.execute(sql`
      update control.mail_addresses set confirm_sent_at = now(), asks = asks + 1 where public_id = ${id}`);
    expect(await again("ask-once")).toEqual([202, "true"]);
    expect(await again("ask-once-more")).toEqual([429, null]);
  });
});

describe("the link that ends mails", () => {
  const post = async (token: string, body: string, headers: Record<string, string> = {}) =>
    await api.fetch(`/api/v1/unsubscribe/${token}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });

  test("is ended by one click without a cookie, from anywhere, and never by looking", async () => {
    const { token, address } = await addAddress({ isConfirmed: true });
    const path = `/api/v1/unsubscribe/${token}`;
    expect((await ask(api, `GET ${path}`)).body).toMatchObject({ address, isUnsubscribedFromAll: false });
    expect((await api.fetch(path, { method: "HEAD" })).status).toBe(200);
    const page = await api.fetch(path, { headers: { accept: "text/html,*/*" } });
    expect([page.status, page.headers.get("location")]).toEqual([303, `${APP_ORIGIN}/unsubscribe/${token}`]);
    expect((await post(token, "List-Unsubscribe=Maybe")).status).toBe(400);
    expect(await addressState(address)).toBe("confirmed");

    const foreign = { origin: "https://mail.example", "sec-fetch-site": "cross-site" };
    expect((await post(token, "List-Unsubscribe=One-Click", foreign)).status).toBe(204);
    expect(await addressState(address)).toBe("unsubscribed");
    expect((await post(token, "List-Unsubscribe=One-Click")).status).toBe(204);
  });

  test("takes the form as multipart too, and undoes it on the page", async () => {
    const { token, address } = await addAddress({ isConfirmed: true });
    const form =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const type = { "content-type": "multipart/form-data; boundary=x" };
    expect((await post(token, form, type)).status).toBe(204);
    expect(await addressState(address)).toBe("unsubscribed");
    const back = await ask(api, `PUT /api/v1/unsubscribe/${token}`, {
      body: { isUnsubscribedFromAll: false },
    });
    expect(back.body).toMatchObject({ isUnsubscribedFromAll: false });
    expect(await addressState(address)).toBe("confirmed");
  });

  test("that nobody was sent is not found, however it looks", async () => {
    for (const token of [systemIds.secretHex(32), "x", `${"a".repeat(63)}%27`]) {
      expect((await post(token, "List-Unsubscribe=One-Click")).status).toBe(404);
    }
  });
});

describe("the webhooks of mail providers", () => {
  const resend = async (body: object, changes: Record<string, string> = {}) => {
    const text = JSON.stringify(body);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac("sha256", Buffer.from(RESEND_KEY, "base64"))
      .update(`msg_1.${timestamp}.${text}`)
      .digest("base64");
    return await api.fetch("/api/v1/mail-webhooks/resend", {
      method: "POST",
      body: text,
      headers: {
        "svix-id": "msg_1",
        "svix-timestamp": timestamp,
        "svix-signature": `v1,${signature}`,
        ...changes,
      },
    });
  };
  const bounce = (reference: string) => ({
    type: "email.bounced",
    created_at: new Date().toISOString(),
    data: { email_id: "re_1", tags: { reference }, bounce: { type: "Permanent", message: "no such user" } },
  });

  test("of Resend count only when signed", async () => {
    const { address } = await addAddress({ isConfirmed: true });
    const id = await addDelivery({ status: "sent", recipient: address });
    const forged = await resend(bounce(id), { "svix-signature": "v1,AAAA" });
    expect(forged.status).toBe(401);
    expect(await addressState(address)).toBe("confirmed");
    expect((await resend(bounce(id))).status).toBe(200);
    expect((await resend(bounce(id))).status).toBe(200);
    expect(await addressState(address)).toBe("bounced");
    expect((await owner.ask(`GET /api/v1/report-deliveries/${id}`)).body).toMatchObject({
      status: "sent",
      bounce: "no such user",
      bouncedAt: expect.any(String),
    });
  });

  test("about mails of nobody are taken, and say no address in the log", async () => {
    expect((await resend(bounce("dlv_none"))).status).toBe(200);
    expect((await resend({ type: "email.opened", data: {} })).status).toBe(200);
    const unknown = api.takeLogs().filter(({ message }) => message.includes("mail_event_unknown"));
    expect(unknown).toHaveLength(1);
    expect(JSON.stringify(unknown)).not.toContain("@");
  });

  test("of Postmark count only with the password", async () => {
    const { address } = await addAddress({ isConfirmed: true });
    const id = await addDelivery({ status: "sent", recipient: address });
    const body = JSON.stringify({
      RecordType: "SpamComplaint",
      MessageID: `re_${id}`,
      BouncedAt: "2026-03-09T10:00:00Z",
    });
    const tell = async (pair: string) =>
      await api.fetch("/api/v1/mail-webhooks/postmark", {
        method: "POST",
        body,
        headers: { authorization: `Basic ${btoa(pair)}` },
      });
    expect((await tell("waymark:wrong")).status).toBe(401);
    expect(await addressState(address)).toBe("confirmed");
    expect((await tell("waymark:postmark-password")).status).toBe(200);
    expect(await addressState(address)).toBe("complained");
  });

  test("without a secret are nothing at all", async () => {
    const bare = await startApi();
    try {
      const answer = await bare.fetch("/api/v1/mail-webhooks/postmark", { method: "POST", body: "{}" });
      expect(answer.status).toBe(404);
    } finally {
      await bare.stop();
    }
  });
});
