import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { CreateReportRequest, Report } from "#contract/reports.ts";
import { fail } from "#core/result.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { compareReports } from "#usecases/reports/compare-reports.ts";
import { deleteReport } from "#usecases/reports/delete-report.ts";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { downloadReport } from "#usecases/reports/download-report.ts";
import { getReportModel } from "#usecases/reports/get-report-model.ts";
import { getReport } from "#usecases/reports/get-report.ts";
import { giveUpReport } from "#usecases/reports/give-up-report.ts";
import { listReports } from "#usecases/reports/list-reports.ts";
import { recomputeReport } from "#usecases/reports/recompute-report.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { createUser, keyPrincipal, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { reportDeps, type ReportDeps } from "./report-deps.ts";

let database: TestDatabase;
let site: TestSite;
let user: UserPrincipal;
let deps: ReportDeps;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = reportDeps(database.db);
});

async function order(more: Partial<CreateReportRequest> = {}, principal = user): Promise<Report> {
  const request = { siteId: site.publicId, from: "2026-03-01", to: "2026-03-02", ...more };
  return valueOf(await createReport(deps, { principal, request }));
}

const build = async ({ id }: Report) => await buildReport(deps, { database: "main", reportId: id });
const read = async ({ id }: Report) => valueOf(await getReport(deps, { principal: user, reportId: id }));
const recomputed = async ({ id }: Report) =>
  valueOf(await recomputeReport(deps, { principal: user, reportId: id }));
const mailMessages = () => deps.sent.filter(({ kind }) => kind === "deliver-report");

async function deliver(report: Report, index = 0) {
  const deliveryId = report.deliveries[index]?.id ?? "";
  return await deliverReport(deps, { database: "main", deliveryId });
}

test("an ordered report waits for the queue, with a delivery for each address once", async () => {
  const report = await order({ recipients: ["boss@else.example", user.email, "boss@else.example"] });

  expect(report).toMatchObject({
    title: "Test shop: performance",
    status: "pending",
    model: "last",
    lookbackDays: 30,
    kind: "campaign-performance",
    siteId: site.publicId,
    campaigns: [],
    compare: "previous",
    files: { pdf: null, xlsx: null, csv: null, json: null },
  });
  expect(report.deliveries.map(({ recipient, status }) => [recipient, status])).toEqual([
    ["boss@else.example", "pending"],
    [user.email, "pending"],
  ]);
  expect(deps.sent.filter(({ kind }) => kind === "build-report")).toEqual([
    { v: 1, kind: "build-report", database: "main", reportId: report.id },
  ]);
  expect(await read(report)).toEqual(report);
});

test("a report nobody could ask the queue for is not there", async () => {
  deps.vendors.queue = "down";
  await expect(order({ recipients: [user.email] })).rejects.toThrow("vendor is down");
  const page = valueOf(await listReports(deps, { principal: user, afterId: null, limit: 5 }));
  expect(page.items).toEqual([]);
});

test.each([
  ["2026-03-02", "2026-03-01"],
  ["2020-01-01", "2026-01-01"],
])("the range %s to %s is refused", async (from, to) => {
  const request = { siteId: site.publicId, from, to };
  expect(await createReport(deps, { principal: user, request })).toEqual({
    ok: false,
    error: { kind: "invalid_range" },
  });
});

test("who has not confirmed an address may mail to members only", async () => {
  const unconfirmed: UserPrincipal = { ...user, isEmailConfirmed: false };
  const request = { siteId: site.publicId, from: "2026-03-01", to: "2026-03-02" };
  const refused = await createReport(deps, {
    principal: unconfirmed,
    request: { ...request, recipients: [user.email, "boss@else.example"] },
  });

  expect(refused).toEqual({
    ok: false,
    error: { kind: "email_unconfirmed", outside: ["boss@else.example"] },
  });
  expect(deps.sent).toEqual([]);
  expect((await order({ recipients: [user.email] }, unconfirmed)).deliveries).toHaveLength(1);
});

test("a program may mail outside once an owner has confirmed", async () => {
  const request = {
    siteId: site.publicId,
    from: "2026-03-01",
    to: "2026-03-02",
    recipients: ["boss@else.example"],
  };
  expect((await createReport(deps, { principal: keyPrincipal(site), request })).ok).toBe(true);
  await database.db.execute(
    sql`update control.users set email_confirmed_at = null where id = ${user.userId}`,
  );
  expect(await createReport(deps, { principal: keyPrincipal(site), request })).toMatchObject({
    error: { kind: "email_unconfirmed" },
  });
});

test("building makes the files and asks for each mail; a second run does nothing but ask for what is not sent", async () => {
  const report = await order({ recipients: [user.email] });
  expect(await build(report)).toEqual({ kind: "built" });
  const built = await read(report);
  const keys = [...deps.files.keys()];
  expect(await build(report)).toEqual({ kind: "nothing_to_do" });

  expect(built).toMatchObject({ status: "ready", failure: null, replacedGlyphs: ["U+1F600"] });
  expect(built.files.pdf).toBe("%PDF Test shop: performance".length);
  for (const format of ["xlsx", "csv", "json"] as const) expect(built.files[format]).toBeGreaterThan(500);
  expect(deps.rendered.count).toBe(1);
  expect([...deps.files.keys()]).toEqual(keys);
  // Model, run, PDF, workbook, tables.
  expect(keys).toHaveLength(5);
  expect(await read(report)).toEqual(built);
  expect(mailMessages()).toHaveLength(2);

  await deliver(report);
  deps.sent.length = 0;
  expect(await build(report)).toEqual({ kind: "nothing_to_do" });
  expect(deps.sent).toEqual([]);
});

test("a run that breaks off after the figures goes on with the same figures", async () => {
  const report = await order();
  const { renderPdf } = deps;
  deps.renderPdf = async () => {
    throw new Error("out of memory");
  };
  await expect(build(report)).rejects.toThrow("out of memory");
  expect((await read(report)).status).toBe("pending");

  deps.renderPdf = renderPdf;
  deps.loadFigures = async () => {
    throw new Error("asked twice");
  };
  expect(await build(report)).toEqual({ kind: "built" });
});

test("two builds at once make one report", async () => {
  const report = await order({ recipients: [user.email] });
  const outcomes = await Promise.all([build(report), build(report)]);

  expect(outcomes.filter(({ kind }) => kind === "built")).toHaveLength(1);
  expect((await read(report)).status).toBe("ready");
  expect([...deps.files.keys()].filter((key) => key.endsWith(".pdf"))).toHaveLength(1);
});

test("figures that cannot be had fail the report and its mails, with the reason", async () => {
  const report = await order({ recipients: [user.email] });
  deps.loadFigures = async () => fail({ kind: "not_found" });
  expect(await build(report)).toMatchObject({ kind: "failed" });

  expect(await read(report)).toMatchObject({
    status: "failed",
    failure: "The campaign or the site is not there any more",
    deliveries: [{ status: "failed", failureKind: "not_built", failure: "The report could not be built" }],
  });
  expect(mailMessages()).toEqual([]);
  expect(await deliver(report)).toEqual({ kind: "nothing_to_do" });
});

test("after the last attempt a pending report is failed, a ready one stays", async () => {
  const [pending, ready] = [await order(), await order()];
  await build(ready);
  for (const { id } of [pending, ready]) await giveUpReport(deps, { database: "main", reportId: id });
  expect((await read(pending)).status).toBe("failed");
  expect(await read(ready)).toMatchObject({ status: "ready", failure: null });
});

test("a download is the file with its name; before it is ready there is none", async () => {
  const report = await order({ title: "Łódź / März" });
  const target = { principal: user, reportId: report.id, format: "pdf" } as const;
  expect(await downloadReport(deps, target)).toMatchObject({
    error: { kind: "report_not_ready", status: "pending" },
  });
  await build(report);

  const pdf = valueOf(await downloadReport(deps, target));
  expect(pdf.name).toBe("Łódź März 2026-03-01 to 2026-03-02.pdf");
  expect(pdf.sizeBytes).toBe((await read(report)).files.pdf);
  for (const [format, extension] of [
    ["csv", "zip"],
    ["xlsx", "xlsx"],
    ["json", "json"],
  ] as const) {
    const file = valueOf(await downloadReport(deps, { ...target, format }));
    expect(file.name).toBe(`Łódź März 2026-03-01 to 2026-03-02.${extension}`);
    expect(file.sizeBytes).toBe((await read(report)).files[format]);
  }
});

test("a deleted report is gone with its files; what was not begun is not mailed, a second build brings nothing back", async () => {
  const report = await order({ recipients: [user.email] });
  await build(report);
  const target = { principal: user, reportId: report.id };
  expect((await deleteReport(deps, target)).ok).toBe(true);

  expect(deps.files.size).toBe(0);
  expect(await getReport(deps, target)).toMatchObject({ error: { kind: "report_not_found" } });
  expect(await deleteReport(deps, target)).toMatchObject({ error: { kind: "report_not_found" } });
  expect(await deliver(report)).toEqual({ kind: "nothing_to_do" });
  expect(await build(report)).toEqual({ kind: "nothing_to_do" });
  expect(deps.mails).toEqual([]);
  expect(deps.files.size).toBe(0);
});

test("a report deleted while it is built leaves no files", async () => {
  const report = await order();
  const { renderPdf } = deps;
  deps.renderPdf = async (model) => {
    await deleteReport(deps, { principal: user, reportId: report.id });
    return await renderPdf(model, null);
  };
  expect(await build(report)).toEqual({ kind: "nothing_to_do" });
  expect(deps.files.size).toBe(0);
});

test("another account's report is not there", async () => {
  const report = await order();
  await build(report);
  const stranger = keyPrincipal(await createSite(database.db));
  const target = { principal: stranger, reportId: report.id };
  const missing = { error: { kind: "report_not_found" } };

  expect(await getReport(deps, target)).toMatchObject(missing);
  expect(await downloadReport(deps, { ...target, format: "pdf" })).toMatchObject(missing);
  expect(await deleteReport(deps, target)).toMatchObject(missing);
  const request = { siteId: site.publicId, from: "2026-03-01", to: "2026-03-02" };
  expect(await createReport(deps, { principal: stranger, request })).toMatchObject({
    error: { kind: "site_not_found" },
  });
  expect(await getReportModel(deps, target)).toMatchObject(missing);
  expect(await recomputeReport(deps, target)).toMatchObject(missing);
  expect(await compareReports(deps, { ...target, withId: null })).toMatchObject(missing);
  const own = { principal: user, reportId: (await recomputed(report)).id, withId: report.id };
  expect(await compareReports(deps, { ...own, principal: stranger })).toMatchObject(missing);
  expect(deps.files.size).toBe(5);
});

test("the list pages by key, newest first", async () => {
  const ordered = [await order(), await order(), await order()];
  const query = { principal: user, limit: 2 };
  const first = valueOf(await listReports(deps, { ...query, afterId: null }));
  await order();
  const second = valueOf(await listReports(deps, { ...query, afterId: Number(first.next?.[0]) }));

  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
    ordered.map(({ id }) => id).toReversed(),
  );
  expect(second.next).toBeNull();
});
