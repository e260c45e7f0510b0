// @module-tag long
import { beforeAll, describe, expect, test, vi } from "vitest";
import { list } from "#contract/primitives.ts";
import { report as reportShape, reportComparison, type Report } from "#contract/reports.ts";
import { readCsvRecords } from "#tests/rendering/read-csv.ts";
import { readPdf } from "#tests/rendering/read-pdf.ts";
import { readZip } from "#tests/rendering/read-zip.ts";
import { addMember, addProgram, type Person, signUp } from "./people.ts";
import {
  addShop,
  agree,
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

/** A report of a shop's campaign. */
const order = async (given: object = {}, headers: Record<string, string> = {}, person = owner) => {
  const { campaignId, ...days } = shop;
  return await person.ask("POST /api/v1/reports", { ...days, campaignIds: [campaignId], ...given }, headers);
};

async function ordered(given: object = {}): Promise<Report> {
  const answer = await order(given);
  expect(answer.status).toBe(202);
  return reportShape.parse(answer.body);
}

/** Once its mails, also those of who had to agree first, are sent. */
const sentReport = async (id: string): Promise<Report> =>
  await vi.waitFor(
    async () => {
      const report = await settledReport(owner, id);
      if (report.deliveries.some(({ status }) => status !== "sent")) throw new Error("Not sent yet");
      return report;
    },
    { timeout: 50_000, interval: 400 },
  );

async function downloaded(id: string, format: string): Promise<Uint8Array> {
  const headers = { cookie: owner.cookie };
  const file = await stack.fetch(`/api/v1/reports/${id}/download?format=${format}`, { headers });
  expect(file.status).toBe(200);
  return new Uint8Array(await file.arrayBuffer());
}

const mailsTo = async (address: string) =>
  (await stack.mails(address)).filter(({ attachments }) => attachments.length > 0);

const mailsOf = async (title: string) =>
  (await mailsTo(owner.email)).filter(({ subject }) => subject.includes(title));

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
    await agree(stack, boss);
    const report = await sentReport(made.id);
    expect(report).toMatchObject({
      status: "ready",
      failure: null,
      campaigns: [{ id: shop.campaignId, name: "Spring Łódź" }],
      replacedGlyphs: [],
      deliveries: [{ status: "sent", failure: null }],
    });

    const [listed] = await mailsTo(boss);
    expect(listed?.to).toEqual([boss]);
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

    const csv = readZip(await downloaded(made.id, "csv"));
    const figures = readCsvRecords(csv.get("figures.csv") ?? new Uint8Array());
    expect(figures.find(({ figure }) => figure === "revenue")).toMatchObject({ value: "123.45" });
    const model = await owner.ask(`GET /api/v1/reports/${made.id}/model`);
    expect(model.body).toMatchObject({ version: 2, campaignNames: ["Spring Łódź"], currency: "EUR" });
    const json = new TextDecoder().decode(await downloaded(made.id, "json"));
    expect(JSON.parse(json)).toEqual(model.body);
    const analytics = await owner.ask(
      `GET /api/v1/campaigns/${shop.campaignId}/analytics?from=${shop.from}&to=${shop.to}`,
    );
    expect(analytics.body["kpis"]).toMatchObject({ revenueMinor: 12_345, spendMinor: 5_000 });
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
    expect(bytes.length).toBe(report.files.pdf);
    expect(new TextDecoder().decode(bytes.subarray(0, 5))).toBe("%PDF-");

    const byKey = await program.ask(`GET /api/v1/reports/${id}/download?format=csv`);
    expect(byKey.status).toBe(200);
    expect(byKey.headers.get("content-type")).toBe("application/zip");
    const workbook = await program.ask(`GET /api/v1/reports/${id}/download?format=xlsx`);
    expect(workbook.headers.get("content-disposition")).toContain(`${shop.from}.xlsx`);
    expect((await program.ask(`GET /api/v1/reports/${id}/download?format=exe`)).status).toBe(400);
  });

  test("asked for again with the same Idempotency-Key is one report and one mail", async () => {
    const address = owner.email;
    const title = "Only once";
    const key = { "idempotency-key": "report-once" };
    const first = await order({ title, recipients: [address] }, key);
    const again = await order({ title, recipients: [address] }, key);
    expect([again.status, again.body["id"]]).toEqual([202, first.body["id"]]);
    await settledReport(owner, String(first.body["id"]));
    expect(await mailsOf(title)).toHaveLength(1);
  });

  test("is mailed once, though every message about it comes twice", async () => {
    const title = "Told twice";
    const { id, deliveries } = await ordered({ title, recipients: [owner.email] });
    const build = { v: 1, kind: "build-report", database: "main", reportId: id } as const;
    await stack.enqueue(build);
    const report = await settledReport(owner, id);
    await stack.enqueue(build);
    const deliveryId = deliveries[0]?.id ?? "";
    await stack.enqueue({ v: 1, kind: "deliver-report", database: "main", deliveryId });
    // A report ordered after them is done: so they have been worked off.
    await settledReport(owner, (await ordered({ recipients: [owner.email] })).id);

    expect(await mailsOf(title)).toHaveLength(1);
    expect(reportShape.parse((await owner.ask(`GET /api/v1/reports/${id}`)).body)).toEqual(report);
  });
});

test.concurrent("a report of the whole site counts what no campaign earned, and its attribution adds up", async () => {
  const { id } = await ordered({ campaignIds: [], recipients: [owner.email] });
  const report = await settledReport(owner, id);
  expect(report).toMatchObject({ status: "ready", campaigns: [], title: "Bean Shop: performance" });

  const file = await stack.fetch(`/api/v1/reports/${report.id}/download`, {
    headers: { cookie: owner.cookie },
  });
  const { text } = await readPdf(new Uint8Array(await file.arrayBuffer()));
  expect(text).toContain("€133.45");
  expect(text).toContain("Spring Łódź");
});

test.concurrent("who has not confirmed an address may mail a report to themselves, and to nobody outside", async () => {
  const person = await signUp(stack);
  const { campaignId, ...own } = await addShop(stack, person);
  const given = { ...own, campaignIds: [campaignId] };
  const ask = async (recipients: string[]) => await order({ ...given, recipients }, {}, person);

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
  [{ lookback: 91 }, 400, "invalid_request"],
  [{ period: "last_month" }, 400, "invalid_range"],
  [{ from: undefined }, 400, "invalid_range"],
  [{ currency: "XQX" }, 400, "invalid_currency"],
  [{ locale: "not a locale" }, 400, "invalid_request"],
  [{ kind: "sponsor", campaignIds: [] }, 400, "invalid_request"],
  [{ siteId: undefined }, 400, "invalid_request"],
  [{ campaignIds: ["cmp_1111111111111111111111"] }, 404, "not_found"],
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
  const given = { campaignIds: [campaignId] };
  const made = [await ordered(given), await ordered(given), await ordered(given)];
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
    await ordered(given);
  } while (next !== null);
  expect(ids).toEqual(made.map(({ id }) => id).toReversed());
});

test.concurrent("every kind is built, over a rolling period too; only a summary may be of all sites", async () => {
  const { campaignId, siteId } = shop;
  const days = { from: shop.from, to: shop.to };
  const kinds = await Promise.all(
    [
      { kind: "sponsor", siteId, campaignIds: [campaignId], ...days },
      { kind: "roi", siteId, ...days },
      { kind: "executive-summary", ...days },
      { kind: "executive-summary", period: "last_month" },
    ].map(async (request) => {
      const answer = await owner.ask("POST /api/v1/reports", request);
      const { id } = reportShape.parse(answer.body);
      const report = await settledReport(owner, id);
      expect(report).toMatchObject({ kind: request.kind, status: "ready", failure: null });
      return { report, model: (await owner.ask(`GET /api/v1/reports/${id}/model`)).body };
    }),
  );
  const [sponsor, roi, all, month] = kinds;
  expect(sponsor?.model).toMatchObject({ kind: "sponsor", channels: null });
  expect(roi?.model["campaigns"]).toMatchObject({ rows: [{ name: "Spring Łódź", spendMinor: 5_000 }, {}] });
  expect(all?.model).toMatchObject({ siteName: null, sites: { rows: [{ name: "Bean Shop" }] } });
  expect(all?.report).toMatchObject({ siteId: null, title: expect.stringContaining("executive summary") });
  expect(month?.report.range.from).toMatch(/-01$/);
});

test.concurrent("a report worked out anew is compared with its original; another account sees neither", async () => {
  const { id } = await ordered();
  await settledReport(owner, id);
  const early = await owner.ask(`GET /api/v1/reports/${id}/comparison`);
  expect([early.status, early.body["code"]]).toEqual([400, "nothing_to_compare"]);
  const again = reportShape.parse((await owner.ask(`POST /api/v1/reports/${id}/recompute`, {})).body);
  expect(again).toMatchObject({ recomputeOf: id, status: "pending", deliveries: [] });
  await settledReport(owner, again.id);

  const compared = await owner.ask(`GET /api/v1/reports/${again.id}/comparison`);
  expect(reportComparison.parse(compared.body)).toMatchObject({
    before: { id },
    after: { id: again.id },
    isEqual: true,
    changes: [],
  });
  const stranger = await signUp(stack);
  for (const route of [
    `GET /api/v1/reports/${id}`,
    `GET /api/v1/reports/${id}/model`,
    `GET /api/v1/reports/${again.id}/comparison`,
    `GET /api/v1/reports/${id}/download`,
    `DELETE /api/v1/reports/${id}`,
  ])
    expect([route, (await stranger.ask(route)).status]).toEqual([route, 404]);
  expect((await stranger.ask(`POST /api/v1/reports/${id}/recompute`, {})).status).toBe(404);
  const viewer = await addMember(stack, owner, "viewer");
  expect((await viewer.ask(`GET /api/v1/reports/${id}/model`)).status).toBe(200);
  expect((await viewer.ask(`POST /api/v1/reports/${id}/recompute`, {})).body["code"]).toBe("role_forbidden");
  expect((await viewer.ask(`DELETE /api/v1/reports/${id}`)).body["code"]).toBe("role_forbidden");
  expect((await stranger.ask("GET /api/v1/reports")).body).toEqual({ items: [], next: null });
});

test.concurrent("the account's list is narrowed by site, kind and status", async () => {
  const { campaignId: _, ...site } = shop;
  const made = reportShape.parse((await owner.ask("POST /api/v1/reports", { kind: "roi", ...site })).body);
  await settledReport(owner, made.id);
  const idsOf = async (query: string) => {
    const answer = await owner.ask(`GET /api/v1/reports?limit=200&${query}`);
    return list(reportShape)
      .parse(answer.body)
      .items.map(({ id }) => id);
  };
  expect(await idsOf(`site=${shop.siteId}&kind=roi&status=ready`)).toContain(made.id);
  expect(await idsOf("kind=sponsor")).not.toContain(made.id);
  expect(await idsOf("status=failed")).not.toContain(made.id);
  expect((await owner.ask("GET /api/v1/reports?site=site_1111111111111111111111")).status).toBe(404);
  expect((await owner.ask("GET /api/v1/reports?kind=poem")).status).toBe(400);
});

// By itself: the provider asks whoever comes next to wait.
test("waits when the mail provider asks to, and is sent then", async () => {
  await fetch(new URL("/api/faults", stack.mailUrl), {
    method: "POST",
    body: JSON.stringify({ status: 429, count: 1 }),
  });
  const title = "Sent later";
  const report = await settledReport(owner, (await ordered({ title, recipients: [owner.email] })).id);
  expect(report.deliveries).toMatchObject([{ status: "sent", failure: null }]);
  expect(await mailsOf(title)).toHaveLength(1);
});
