import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listenHttp, readBody, sendJson } from "#scripts/stack/http/http-server.ts";

export type Protocol = "resend" | "postmark";

export type FakeMailProvider = {
  url: string;
  /** Mails that were taken, by recipient: what lies in their mailbox. */
  mails: Map<string, { subject: string; reference: string }[]>;
  /** Calls by what came of them. */
  counts: Map<Verdict, number>;
  close(): Promise<void>;
};

type Verdict = "taken" | "repeated" | "429" | "500" | "lost" | "taken_and_lost" | "refused" | "other_mail";

const MAX_BODY_BYTES = 20_000_000;
/** A mail to such an address is never taken: it is refused, unless the provider fails before it looks. */
export const REFUSED_ADDRESS = "refused-";
const RATE_LIMITED = 0.05;
const BROKEN = 0.1;
const LOST = 0.15;

type Mail = { to: string; subject: string; reference: string };

/**
 * A mail provider on a bad day: of each twenty calls one is asked to wait, one ends in an error, and one gets no answer,
 * in half of which the mail was taken all the same. With Resend's protocol it keeps one mail for each key; with
 * Postmark's each call that it takes is a mail.
 */
export async function startFakeMailProvider(
  protocol: Protocol,
  lose: (response: ServerResponse) => void,
): Promise<FakeMailProvider> {
  const mails: FakeMailProvider["mails"] = new Map();
  const counts: FakeMailProvider["counts"] = new Map();
  const digests = new Map<string, string>();
  let calls = 0;

  const take = (mail: Mail, key: string | null, digest: string): Verdict => {
    const known = key === null ? undefined : digests.get(key);
    if (known !== undefined) return known === digest ? "repeated" : "other_mail";
    if (key !== null) digests.set(key, digest);
    mails.set(mail.to, [...(mails.get(mail.to) ?? []), mail]);
    return "taken";
  };
  const decide = (mail: Mail, key: string | null, digest: string): Verdict => {
    const chance = evenly((calls += 1));
    if (chance < RATE_LIMITED) return "429";
    if (chance < BROKEN) return "500";
    if (mail.to.startsWith(REFUSED_ADDRESS)) return "refused";
    if (chance >= LOST) return take(mail, key, digest);
    if (chance < (BROKEN + LOST) / 2) return "lost";
    const taken = take(mail, key, digest);
    return taken === "taken" ? "taken_and_lost" : taken;
  };
  const server = await listenHttp(async (request, response) => {
    const body = (await readBody(request, MAX_BODY_BYTES))?.toString("utf8") ?? "{}";
    const key = protocol === "resend" ? keyOf(request) : null;
    const digest = createHash("sha256").update(body).digest("hex");
    const verdict = decide(readMail(protocol, body), key, digest);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (verdict === "lost" || verdict === "taken_and_lost") lose(response);
    else answer(response, protocol, { verdict, id: digest });
  }, 0);
  return { url: server.url, mails, counts, close: async () => await server.close() };
}

/** From 0 to 1, evenly spread, and the same in every run. */
function evenly(n: number): number {
  return (n * 0.618_033_988_749_895) % 1;
}

function keyOf(request: IncomingMessage): string {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "") throw new Error("A mail came without its key");
  return key;
}

function readMail(protocol: Protocol, body: string): Mail {
  return protocol === "resend" ? readResendMail(body) : readPostmarkMail(body);
}

function readResendMail(body: string): Mail {
  const { to, subject, tags } = JSON.parse(body) as {
    to: [string];
    subject: string;
    tags: [{ value: string }];
  };
  return { to: to[0], subject, reference: tags[0].value };
}

function readPostmarkMail(body: string): Mail {
  const { To, Subject, Metadata } = JSON.parse(body) as {
    To: string;
    Subject: string;
    Metadata: { reference: string };
  };
  return { to: To, subject: Subject, reference: Metadata.reference };
}

function answer(
  response: ServerResponse,
  protocol: Protocol,
  { verdict, id }: { verdict: Verdict; id: string },
): void {
  const say = (status: number, name: string, code: number): void =>
    sendJson(
      response,
      status,
      protocol === "resend"
        ? { statusCode: status, name, message: name }
        : { ErrorCode: code, Message: name },
    );
  if (verdict === "429") response.setHeader("retry-after", "1");
  const refusal = REFUSALS[verdict];
  if (refusal !== undefined) say(...refusal);
  else
    sendJson(response, 200, protocol === "resend" ? { id } : { MessageID: id, ErrorCode: 0, Message: "OK" });
}

/** Status, Resend's name and Postmark's code. */
const REFUSALS: Partial<Record<Verdict, [status: number, name: string, code: number]>> = {
  "429": [429, "rate_limit_exceeded", 429],
  "500": [500, "internal_server_error", 0],
  refused: [422, "validation_error", 300],
  other_mail: [409, "invalid_idempotent_request", 0],
};
