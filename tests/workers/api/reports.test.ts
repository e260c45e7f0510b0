import { beforeAll, describe, expect, test } from "vitest";
import { list } from "#contract/primitives.ts";
import { report as reportShape, type Report } from "#contract/reports.ts";
import { readPdf } from "#tests/rendering/read-pdf.ts";
import { addProgram, type Person, signUp } from "./people.ts";
import {
  addShop,
  settledReport,
  signUpConfirmed,
  sharedReportStack,
  type ReportStack,
  type Shop,
} from "./reports-stack.ts";

let stack: ReportStack;
let owner: Person;
let shop: Shop;

beforeAll(async () => {
  stack = await sharedReportStack();
  owner = await signUpConfirmed(stack);
  shop = await addShop(stack, owner);
});

const order = async (given: object = {}, headers: Record<string, string> = {}, person = owner) =>
  await person.ask("POST /api/v1/reports", { ...shop, ...given }, headers);

async function ordered(given: object = {}): Promise<Report> {
  const answer = await order(given);
  expect(answer.status).toBe(202);
  return reportShape.parse(answer.body);
}

const mailsTo = async (address: string) =>
  (await stack.mails(address)).filter(({ attachments }) => attachments.length > 0);

// Each waits for queues most of the time: they wait together.
describe.concurrent("a report of a campaign", () => {
  test("goes from the order to the mailbox, with the same revenue in API, mail, PDF and CSV", async () => {
    const boss = "boss@elsewhere.example";
    const made = await ordered({
      title: "Spring: März",
      preparedFor: "Acme",
      note: "Well done",
      recipients: [boss],
    });
    expect(made).toMatchObject({ status: "pending", deliveries: [{ recipient: boss, status: "pending" }] });
    const report = await settledReport(owner, made.id);
    expect(report).toMatchObject({
      status: "ready",
      failure: null,
      campaign: { id: shop.campaignId, name: "Spring Łódź" },
      replacedGlyphs: [],
      deliveries: [{ status: "sent", failure: null }],
    });

    const [listed] = await mailsTo(boss);
    expect(listed).toMatchObject({ idempotencyKey: made.deliveries[0]?.id, to: [boss] });
    expect(listed?.text).toMatch(/Well done[^]*€123\.45/);
    const mail = await stack.mail(listed?.id ?? "");
    const [attachment] = mail.attachments;
    expect(attachment).toMatchObject({
      filename: `Spring März ${shop.from}.pdf`,
      contentType: "application/pdf",
    });
    const pdf = await readPdf(new Uint8Array(Buffer.from(attachment?.content ?? "", "base64")));
    expect(pdf.text).toContain("€123.45");
    expect(pdf.text).toContain("2.47×");
    expect(pdf.text).toContain("Spring Łódź");

    const csv = await stack.fetch(`/api/v1/reports/${made.id}/download?format=csv`, {
      headers: { cookie: owner.cookie },
    });
    expect(await csv.text()).toContain(`${shop.from},Bean Shop,Spring Łódź,1,`);
    const figures = await owner.ask(
      `GET /api/v1/campaigns/${shop.campaignId}/analytics?from=${shop.from}&to=${shop.to}`,
    );
    expect(figures.body["kpis"]).toMatchObject({ revenueMinor: 12_345, spendMinor: 5_000 });
  });

  test("is downloaded under its name, by session and by key, to the byte that was mailed", async () => {
    const { id } = await ordered({ title: 'Łódź "1"/2' });
    const report = await settledReport(owner, id);
    const program = await addProgram(stack, owner, ["reports:write"]);
    const bySession = await stack.fetch(`/api/v1/reports/${id}/download`, {
      headers: { cookie: owner.cookie },
    });

    expect(bySession.status).toBe(200);
    expect(bySession.headers.get("content-type")).toBe("application/pdf");
    expect(bySession.headers.get("content-disposition")).toBe(
      `attachment; filename="__d_ 1 2 ${shop.from}.pdf"; ` +
        `filename*=UTF-8''%C5%81%C3%B3d%C5%BA%201%202%20${shop.from}.pdf`,
    );
    expect(bySession.headers.get("cache-control")).toBe("no-store");
    const bytes = new Uint8Array(await bySession.arrayBuffer());
    expect(bytes.length).toBe(report.pdfBytes);
    expect(new TextDecoder().decode(bytes.subarray(0, 5))).toBe("%PDF-");

    const byKey = await program.ask(`GET /api/v1/reports/${id}/download?format=csv`);
    expect(byKey.status).toBe(200);
    expect(byKey.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect((await program.ask(`GET /api/v1/reports/${id}/download?format=exe`)).status).toBe(400);
  });

  test("asked for again with the same Idempotency-Key is one report and one mail", async () => {
    const address = "once@elsewhere.example";
    const key = { "idempotency-key": "report-once" };
    const first = await order({ recipients: [address] }, key);
    const again = await order({ recipients: [address] }, key);
    expect([again.status, again.body["id"]]).toEqual([202, first.body["id"]]);
    await settledReport(owner, String(first.body["id"]));
    expect(await mailsTo(address)).toHaveLength(1);
  });

  test("is mailed once, though every message about it comes twice", async () => {
    const address = "twice@elsewhere.example";
    const { id, deliveries } = await ordered({ recipients: [address] });
    const build = { v: 1, kind: "build-report", database: "main", reportId: id } as const;
    await stack.enqueue(build);
    const report = await settledReport(owner, id);
    await stack.enqueue(build);
    const deliveryId = deliveries[0]?.id ?? "";
    await stack.enqueue({ v: 1, kind: "deliver-report", database: "main", deliveryId });
    // A report ordered after them is done: so they have been worked off.
    await settledReport(owner, (await ordered({ recipients: [owner.email] })).id);

    expect(await mailsTo(address)).toHaveLength(1);
    expect(reportShape.parse((await owner.ask(`GET /api/v1/reports/${id}`)).body)).toEqual(report);
  });
});

test.concurrent("a report of the whole site counts what no campaign earned, and its attribution adds up", async () => {
  const { campaignId: _, ...site } = shop;
  const answer = await owner.ask("POST /api/v1/reports", { ...site, recipients: [owner.email] });
  const report = await settledReport(owner, String(answer.body["id"]));
  expect(report).toMatchObject({ status: "ready", campaign: null, title: "Bean Shop: performance" });

  const file = await stack.fetch(`/api/v1/reports/${report.id}/download`, {
    headers: { cookie: owner.cookie },
  });
  const { text } = await readPdf(new Uint8Array(await file.arrayBuffer()));
  expect(text).toContain("€133.45");
  expect(text).toContain("Spring Łódź");
});

test.concurrent("who has not confirmed an address may mail a report to themselves, and to nobody outside", async () => {
  const person = await signUp(stack);
  const own = await addShop(stack, person);
  const ask = async (recipients: string[]) => await order({ ...own, recipients }, {}, person);

  const refused = await ask([person.email, "boss@elsewhere.example"]);
  expect([refused.status, refused.body["code"]]).toEqual([403, "email_unconfirmed"]);
  const allowed = await ask([person.email]);
  expect(allowed.status).toBe(202);
  await settledReport(person, String(allowed.body["id"]));
  expect(await mailsTo(person.email)).toHaveLength(1);
  const page = await person.ask(`GET /api/v1/sites/${own.siteId}/reports`);
  expect(list(reportShape).parse(page.body).items).toHaveLength(1);
});

test.each([
  [{ from: "2026-03-02", to: "2026-03-01" }, 400, "invalid_range"],
  [{ from: "2020-01-01", to: "2026-01-01" }, 400, "invalid_range"],
  [{ lookback: 31 }, 400, "invalid_request"],
  [{ campaignId: "cmp_1111111111111111111111" }, 404, "not_found"],
  [{ siteId: "site_1111111111111111111111" }, 404, "not_found"],
])("an order with %j is refused: %i %s", async (given, status, code) => {
  const answer = await order(given);
  expect([answer.status, answer.body["code"]]).toEqual([status, code]);
});

test.concurrent("a report that is not ready has no file; a deleted one is gone with its files", async () => {
  const { id } = await ordered();
  const early = await owner.ask(`GET /api/v1/reports/${id}/download`);
  expect([early.status, early.body["code"]]).toEqual([409, "report_not_ready"]);
  await settledReport(owner, id);

  expect((await owner.ask(`DELETE /api/v1/reports/${id}`)).status).toBe(204);
  for (const path of [`reports/${id}`, `reports/${id}/download`]) {
    expect((await owner.ask(`GET /api/v1/${path}`)).status).toBe(404);
  }
  expect((await owner.ask(`GET /api/v1/sites/${shop.siteId}/reports?limit=200`)).text).not.toContain(id);
});

test.concurrent("the list pages by campaign without gap or repeat while reports are made", async () => {
  const fresh = await owner.ask(`POST /api/v1/sites/${shop.siteId}/campaigns`, {
    name: "Paged",
    channel: "email",
  });
  const campaignId = String(fresh.body["id"]);
  const made = [await ordered({ campaignId }), await ordered({ campaignId }), await ordered({ campaignId })];
  const ids: string[] = [];
  let next: string | null = null;
  do {
    const after = next === null ? "" : `&after=${next}`;
    const answer = await owner.ask(
      `GET /api/v1/sites/${shop.siteId}/reports?limit=1&campaign=${campaignId}${after}`,
    );
    const page = list(reportShape).parse(answer.body);
    ids.push(...page.items.map(({ id }) => id));
    next = page.next;
    await ordered({ campaignId });
  } while (next !== null);
  expect(ids).toEqual(made.map(({ id }) => id).toReversed());
});

// By itself: the provider asks whoever comes next to wait.
test("waits when the mail provider asks to, and is sent then", async () => {
  await fetch(new URL("/api/faults", stack.mailUrl), {
    method: "POST",
    body: JSON.stringify({ status: 429, count: 1 }),
  });
  const address = "later@elsewhere.example";
  const report = await settledReport(owner, (await ordered({ recipients: [address] })).id);
  expect(report.deliveries).toMatchObject([{ status: "sent", failure: null }]);
  expect(await mailsTo(address)).toHaveLength(1);
});
