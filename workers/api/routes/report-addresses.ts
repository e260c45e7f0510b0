import { Hono, type Context } from "hono";

import {
  addressQuestionRequest,
  confirmAddressRequest,
  reportAddressesQuery,
} from "#contract/report-addresses.ts";
import { confirmAddress, showQuestion } from "#usecases/delivery/answer-question.ts";
import { askAddressAgain, type AskAgainRefusal } from "#usecases/delivery/ask-address-again.ts";
import { listAddresses } from "#usecases/delivery/list-addresses.ts";
import { requireAccess } from "./frame/access.ts";
import { refuseAccount } from "./frame/account-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Addresses that reports are sent to, and whether they want it. */
export const reportAddressRoutes = new Hono<ApiEnv>()
  .get("/report-addresses", requireAccess("reports:read"), validQuery(reportAddressesQuery), async (c) => {
    const { after, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listAddresses(deps, { principal, afterId: cursor.value, limit });
    return c.json(listAnswer(page, (address) => address));
  })
  .post(
    "/report-addresses/:addressId/ask",
    requireAccess("reports:write"),
    validId("addressId", "adr"),
    idempotent(),
    async (c) => {
      const { deps, principal } = c.var;
      const asked = await askAddressAgain(deps, { principal, addressId: c.req.param("addressId") });
      return asked.ok ? c.body(null, 202) : refuse(c, asked.error);
    },
  )
  // The token in the mail is the permission: whoever has it reads the mailbox.
  .post("/report-addresses/question", validJson(addressQuestionRequest), async (c) => {
    const question = await showQuestion(c.var.deps, c.req.valid("json").token);
    return question.ok ? c.json(question.value) : refuseAccount(c, question.error);
  })
  .post("/report-addresses/confirm", validJson(confirmAddressRequest), async (c) => {
    const confirmed = await confirmAddress(c.var.deps, c.req.valid("json"));
    return confirmed.ok ? c.body(null, 204) : refuseAccount(c, confirmed.error);
  });

function refuse(c: Context, refusal: AskAgainRefusal): Response {
  switch (refusal.kind) {
    case "address_not_found":
      return problem(c, "not_found", { detail: "There is no such address" });
    case "not_to_be_asked":
      return problem(c, "status_conflict", {
        detail: "Only an address that has not agreed yet, or to which mail bounced, can be asked",
      });
    case "too_many_attempts":
      return problem(c, "too_many_attempts", { retryAfterSeconds: refusal.retryAfterSeconds });
  }
}
