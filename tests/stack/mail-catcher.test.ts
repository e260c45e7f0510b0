import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMailStore } from "#scripts/stack/mail/mail-store.ts";
import { type MailCatcher, startMailCatcher } from "#scripts/stack/mail/mail-catcher.ts";

const KEY = "re_test";
const MAIL = { from: "Waymark <a@waymark.test>", to: ["b@shop.test"], subject: "Report", text: "Hello" };

let catcher: MailCatcher;

beforeAll(async () => {
  catcher = await startMailCatcher({ apiKey: KEY });
});
beforeEach(async () => {
  await fetch(`${catcher.url}/api/messages`, { method: "DELETE" });
});
afterAll(async () => {
  await catcher.close();
});

async function send(mail: object, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(`${catcher.url}/emails`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(mail),
  });
}

async function messages(to?: string): Promise<Record<string, unknown>[]> {
  const query = to === undefined ? "" : `?to=${encodeURIComponent(to)}`;
  const reply = await fetch(`${catcher.url}/api/messages${query}`);
  return ((await reply.json()) as { items: Record<string, unknown>[] }).items;
}

describe("sending", () => {
  test("answers with an id, and keeps what was sent with its attachments", async () => {
    const content = Buffer.from([37, 80, 68, 70, 0, 255]).toString("base64");
    const reply = await send({
      ...MAIL,
      html: "<b>Hello</b>",
      reply_to: "c@waymark.test",
      attachments: [{ filename: "März.pdf", content, content_type: "application/pdf" }],
    });
    expect(reply.status).toBe(200);
    const { id } = (await reply.json()) as { id: string };

    expect(await (await fetch(`${catcher.url}/api/messages/${id}`)).json()).toMatchObject({
      ...MAIL,
      id,
      html: "<b>Hello</b>",
      replyTo: ["c@waymark.test"],
      attachments: [{ filename: "März.pdf", contentType: "application/pdf", size: 6, content }],
    });
    const file = await fetch(`${catcher.url}/messages/${id}/attachments/0`);
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(file.headers.get("content-disposition")).toContain("M%C3%A4rz.pdf");
    expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([37, 80, 68, 70, 0, 255]);
  });

  test("finds mails by recipient, whatever the role or the letters' case", async () => {
    await send({ ...MAIL, to: "Ada <Ada@Shop.test>", cc: ["boss@shop.test"] });
    await send(MAIL);

    expect(await messages("ada@shop.test")).toHaveLength(1);
    expect(await messages("BOSS@shop.test")).toHaveLength(1);
    expect(await messages("nobody@shop.test")).toHaveLength(0);
    expect(await messages()).toHaveLength(2);
  });

  test("gives the same id for the same idempotency key, and keeps one mail", async () => {
    const first = await (await send(MAIL, { "idempotency-key": "run-1" })).json();
    const second = await (await send(MAIL, { "idempotency-key": "run-1" })).json();
    const other = await (await send(MAIL, { "idempotency-key": "run-2" })).json();

    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
    expect(await messages()).toHaveLength(2);
  });

  test("refuses a key that was used for another mail", async () => {
    await send(MAIL, { "idempotency-key": "run-3" });
    const reply = await send({ ...MAIL, subject: "Another" }, { "idempotency-key": "run-3" });

    expect(reply.status).toBe(409);
    expect(await reply.json()).toMatchObject({ name: "invalid_idempotent_request" });
    expect(await messages()).toHaveLength(1);
  });

  test("forgets a key after 24 hours", () => {
    let nowMs = 0;
    const store = createMailStore(() => nowMs);
    const mail = { ...MAIL, cc: [], bcc: [], replyTo: [], html: null, headers: {}, attachments: [] };
    expect(store.add(mail, "k").kind).toBe("added");
    nowMs = 24 * 60 * 60 * 1000 - 1;
    expect(store.add(mail, "k").kind).toBe("repeated");
    nowMs += 1;
    expect(store.add(mail, "k").kind).toBe("added");
    expect(store.list()).toHaveLength(2);
  });
});

describe("refusals keep nothing", () => {
  test.each([
    ["no key", { authorization: "" }, MAIL, 403, "invalid_api_key"],
    ["a wrong key", { authorization: "Bearer other" }, MAIL, 403, "invalid_api_key"],
    ["no recipient", {}, { ...MAIL, to: undefined }, 422, "missing_required_field"],
    ["no body", {}, { ...MAIL, text: undefined }, 422, "missing_required_field"],
    ["a recipient that is no address", {}, { ...MAIL, to: ["nobody"] }, 422, "validation_error"],
    ["a key that is too long", { "idempotency-key": "k".repeat(257) }, MAIL, 400, "invalid_idempotency_key"],
  ])("%s", async (...[, headers, mail, status, name]) => {
    const reply = await send(mail, headers);

    expect(reply.status).toBe(status);
    expect(await reply.json()).toEqual({ statusCode: status, name, message: expect.any(String) });
    expect(await messages()).toHaveLength(0);
  });
});

describe("faults", () => {
  async function fault(body: object): Promise<void> {
    await fetch(`${catcher.url}/api/faults`, { method: "POST", body: JSON.stringify(body) });
  }

  test("fails as often as asked and then works", async () => {
    await fault({ status: 429, count: 2 });
    const first = await send(MAIL);
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await send(MAIL)).status).toBe(429);
    expect(await messages()).toHaveLength(0);

    expect((await send(MAIL)).status).toBe(200);
    expect(await messages()).toHaveLength(1);
  });

  test("can lose the answer instead of the mail, and the key then prevents a second one", async () => {
    await fault({ status: 500, count: 1, keepMail: true });
    expect((await send(MAIL, { "idempotency-key": "lost" })).status).toBe(500);
    expect(await messages()).toHaveLength(1);

    expect((await send(MAIL, { "idempotency-key": "lost" })).status).toBe(200);
    expect(await messages()).toHaveLength(1);
  });
});

describe("the page", () => {
  test("lists mails as text, never as markup", async () => {
    await send({ ...MAIL, subject: "<script>alert(1)</script>" });
    const page = await (await fetch(catcher.url)).text();

    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toContain("<script>");
  });

  test("shows a mail's HTML in a frame that may not run scripts", async () => {
    const { id } = (await (await send({ ...MAIL, html: "<script>alert(1)</script>" })).json()) as {
      id: string;
    };
    const page = await (await fetch(`${catcher.url}/messages/${id}`)).text();
    const framed = await fetch(`${catcher.url}/messages/${id}/html`);

    expect(page).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(page).not.toContain("<script>");
    expect(framed.headers.get("content-security-policy")).toMatch(/^sandbox /);
    expect(framed.headers.get("content-security-policy")).not.toContain("allow-scripts");
  });

  test("answers 404 for a mail that is not there", async () => {
    expect((await fetch(`${catcher.url}/messages/none`)).status).toBe(404);
    expect((await fetch(`${catcher.url}/api/messages/none`)).status).toBe(404);
  });
});
