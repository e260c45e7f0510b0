import { uuidFromBytes, fromHex } from "#core/events/uuid-v7.ts";
import { isJustAfterRotation, visitorHashInput } from "#core/privacy/visitor-hash-input.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";

import type { CollectDeps, RequestFacts } from "./collect-deps.ts";

const DAY_MS = 86_400_000;

export type VisitorKey = Pick<IngestMessage, "visitor" | "previousVisitor" | "identity">;

export const NO_VISITOR: VisitorKey = { visitor: null, identity: "none" };

type VisitorQuestion = {
  siteId: number;
  facts: RequestFacts;
  receivedAtMs: number;
  /** The id the browser keeps, when it may be used. */
  firstPartyId: string | null;
};

/** Who this is: the browser's own id, else the hash under the day's salt, else nobody. Never an improvised salt. */
export async function visitorKey(
  deps: Pick<CollectDeps, "config" | "hash">,
  { siteId, facts, receivedAtMs, firstPartyId }: VisitorQuestion,
): Promise<VisitorKey> {
  if (firstPartyId !== null) return { visitor: firstPartyId, identity: "first-party" };

  const input = visitorHashInput({ siteId, ip: facts.ip, userAgent: facts.userAgent });
  const visitor = await saltedVisitor(deps, utcDay(receivedAtMs), input);
  // Ingest marks such an event: it has no visitor though it should.
  if (visitor === null) return { visitor: null, identity: "cookieless" };
  if (!isJustAfterRotation(receivedAtMs)) return { visitor, identity: "cookieless" };

  const previousVisitor = await saltedVisitor(deps, utcDay(receivedAtMs - DAY_MS), input);
  return previousVisitor === null
    ? { visitor, identity: "cookieless" }
    : { visitor, previousVisitor, identity: "cookieless" };
}

async function saltedVisitor(
  deps: Pick<CollectDeps, "config" | "hash">,
  day: string,
  input: string,
): Promise<string | null> {
  const found = await deps.config.salt(day);
  const salt = found.ok && found.value !== null ? fromHex(found.value.salt) : null;
  return salt === null ? null : uuidFromBytes(await deps.hash.saltedSha256(salt, input));
}

function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, "2026-01-01".length);
}
