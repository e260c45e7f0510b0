import { Hono, type Context } from "hono";

import { readPostmarkEvent, readResendEvent } from "#contract/mail-webhooks.ts";
import type { MailEvent } from "#core/report/mail-event.ts";
import type { Proof } from "#platform/mail/webhook-proof.ts";
import { noteMailEvent } from "#usecases/delivery/note-mail-event.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { problem } from "./frame/problem.ts";
import { readBodyText } from "./frame/read-body.ts";

const MAX_BODY_BYTES = 256 * 1024;

/** What mail providers tell afterwards: bounces, complaints, and that a mail was taken. */
export const mailWebhookRoutes = new Hono<ApiEnv>()
  .post("/mail-webhooks/resend", async (c) => {
    const body = await readBodyText(c, MAX_BODY_BYTES);
    if (body instanceof Response) return body;
    const { mailWebhooks, clock } = c.var.deps;
    const headers = {
      id: c.req.header("svix-id"),
      timestamp: c.req.header("svix-timestamp"),
      signature: c.req.header("svix-signature"),
    };
    const proof = await mailWebhooks.proveResend(headers, body, clock.now());
    return proof === "proven" ? await answer(c, body, readResendEvent) : refuse(c, proof);
  })
  .post("/mail-webhooks/postmark", async (c) => {
    const body = await readBodyText(c, MAX_BODY_BYTES);
    if (body instanceof Response) return body;
    const proof = c.var.deps.mailWebhooks.provePostmark(c.req.header("authorization"));
    return proof === "proven" ? await answer(c, body, readPostmarkEvent) : refuse(c, proof);
  });

/** What is nothing of ours is taken all the same: a provider would tell it again for days. */
async function answer(
  c: Context<ApiEnv>,
  text: string,
  read: (body: unknown, receivedAt: Date) => MailEvent | null,
): Promise<Response> {
  const body = parse(text);
  if (body === undefined) return problem(c, "invalid_json");
  const event = read(body, c.var.deps.clock.now());
  if (event !== null) await noteMailEvent(c.var.deps, event);
  return c.json({});
}

function refuse(c: Context, proof: Exclude<Proof, "proven">): Response {
  return proof === "not_configured"
    ? problem(c, "not_found", { detail: "No secret of this provider's webhooks is configured" })
    : problem(c, "invalid_signature");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
