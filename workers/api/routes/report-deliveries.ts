import { Hono, type Context } from "hono";

import { deliveriesQuery } from "#contract/reports.ts";
import { getDelivery, type DeliveryNotFound } from "#usecases/delivery/get-delivery.ts";
import { listDeliveries } from "#usecases/delivery/list-deliveries.ts";
import { resendDelivery, type NotToBeResent } from "#usecases/delivery/resend-delivery.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { validQuery } from "./frame/valid.ts";

/** What became of the mails of reports. */
export const reportDeliveryRoutes = new Hono<ApiEnv>()
  .get("/report-deliveries", requireAccess("reports:read"), validQuery(deliveriesQuery), async (c) => {
    const { report, status, after, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listDeliveries(deps, {
      principal,
      reportId: report,
      status,
      afterId: cursor.value,
      limit,
    });
    return c.json(listAnswer(page, (delivery) => delivery));
  })
  .get(
    "/report-deliveries/:deliveryId",
    requireAccess("reports:read"),
    validId("deliveryId", "dlv"),
    async (c) => {
      const { deps, principal } = c.var;
      const found = await getDelivery(deps, { principal, deliveryId: c.req.param("deliveryId") });
      return found.ok ? c.json(found.value) : refuse(c, found.error);
    },
  )
  .post(
    "/report-deliveries/:deliveryId/resend",
    requireAccess("reports:write"),
    validId("deliveryId", "dlv"),
    idempotent(),
    async (c) => {
      const { deps, principal } = c.var;
      const resent = await resendDelivery(deps, { principal, deliveryId: c.req.param("deliveryId") });
      return resent.ok ? c.body(null, 202) : refuse(c, resent.error);
    },
  );

function refuse(c: Context, refusal: DeliveryNotFound | NotToBeResent): Response {
  switch (refusal.kind) {
    case "delivery_not_found":
      return problem(c, "not_found", { detail: "There is no such delivery" });
    case "not_to_be_resent":
      return problem(c, "status_conflict", {
        detail: `Only a failed or unknown delivery of a report that has its files is sent again; this one is ${refusal.status}`,
      });
  }
}
