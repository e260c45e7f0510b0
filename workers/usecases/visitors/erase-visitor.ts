import { recordAudit } from "#db/queries/accounts/record-audit.ts";
import { requestErasure } from "#db/queries/visitors/request-erasure.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { runErasure } from "./run-erasure.ts";

export type EraseVisitorInput = {
  principal: Principal;
  site: Pick<SiteRef, "siteId" | "database" | "publicId">;
  visitorId: string;
};

export type ErasureState = { isFinished: boolean };
export type VisitorNotFound = { kind: "visitor_not_found" };

/** Steps that a request waits for: 5,000 events. What is left is done by the minute's cron. */
const STEPS_AT_ONCE = 5;

/**
 * Forgets a visitor: raw and derived rows, orders and their refunds, links, what dead letters hold of them; and sees to it
 * that nothing of it comes back. Asked for twice it is done once. The audit log says that it was asked for, and by whom;
 * not for which visitor.
 */
export async function eraseVisitor(
  deps: Pick<Deps, "databases" | "clock">,
  { principal, site, visitorId }: EraseVisitorInput,
): Promise<Result<ErasureState, VisitorNotFound>> {
  const db = deps.databases.named(site.database);
  const request = { siteId: site.siteId, visitorId, at: deps.clock.now() };
  const erasures = await requestErasure(db, request);
  if (erasures.length === 0) return fail({ kind: "visitor_not_found" });

  const waiting = erasures.filter(({ isFinished }) => !isFinished);
  if (waiting.length === 0) return ok({ isFinished: true });

  await recordAudit(controlDatabase(deps), {
    accountId: principal.accountId,
    userId: principal.kind === "user" ? principal.userId : null,
    apiKeyId: principal.kind === "key" ? principal.apiKeyId : null,
    at: request.at,
    action: "visitor.erase",
    subject: site.publicId,
    detail: null,
  });
  let isFinished = true;
  for (const erasure of waiting) {
    // One after the other: their hashes belong to one chain, and so wait for each other.
    // oxlint-disable-next-line no-await-in-loop
    const isDone = await runErasure({ db, clock: deps.clock }, { ...erasure, steps: STEPS_AT_ONCE });
    isFinished &&= isDone;
  }
  return ok({ isFinished });
}
