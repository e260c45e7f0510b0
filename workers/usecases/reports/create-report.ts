import type { CreateReportRequest, Report } from "#contract/reports.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { askAddresses } from "#usecases/delivery/ask-addresses.ts";
import type { Deps } from "#usecases/deps.ts";
import { checkRecipients, type EmailUnconfirmed } from "./check-recipients.ts";
import { orderReport, type OrderDeps } from "./order-report.ts";
import { resolveOrder } from "./resolve-order.ts";
import type { OrderRefusal } from "./settle-order.ts";

export type CreateReportDeps = OrderDeps & Pick<Deps, "ids">;
export type CreateReportInput = { principal: Principal; request: CreateReportRequest };
export type CreateReportRefusal = OrderRefusal | EmailUnconfirmed;

/** Orders a report: it is built by a queue, then mailed to the recipients who agree to get it. */
export async function createReport(
  deps: CreateReportDeps,
  { principal, request }: CreateReportInput,
): Promise<Result<Report, CreateReportRefusal>> {
  const { accountId, accountName, database } = principal;
  const sender = principal.kind === "user" ? principal.name : accountName;
  const order = await resolveOrder(deps, { accountId, accountName, database, sender }, request);
  if (!order.ok) return order;
  const recipients = await checkRecipients(deps, principal, request.recipients ?? []);
  if (!recipients.ok) return fail(recipients.error);
  const { all, members } = recipients.value;
  const { title } = order.value;
  if (all.length > 0)
    await askAddresses(deps, { accountId, addresses: all, askedBy: sender, askedFor: title });
  const report = await orderReport(deps, {
    principal,
    order: { ...order.value, options: { ...order.value.options, memberRecipients: members } },
    recipients: all,
    original: null,
  });
  return ok(report);
}
