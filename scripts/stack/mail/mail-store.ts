import { createHash, randomUUID } from "node:crypto";

const KEPT_MESSAGES = 500;
/** Resend forgets an idempotency key after a day. */
const IDEMPOTENCY_KEY_LIFE_MS = 24 * 60 * 60 * 1000;

export type Attachment = { filename: string; contentType: string; size: number; content: string };

export type Message = {
  id: string;
  receivedAt: string;
  idempotencyKey: string | null;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  attachments: Attachment[];
};

export type NewMessage = Omit<Message, "id" | "receivedAt" | "idempotencyKey">;
export type AddOutcome = { kind: "added" | "repeated"; id: string } | { kind: "key_used_for_another" };

export type MailStore = {
  add(message: NewMessage, idempotencyKey: string | null): AddOutcome;
  /** Newest first; `to` keeps those sent to this address, in whichever role. */
  list(filter?: { to?: string | null }): Message[];
  get(id: string): Message | undefined;
  clear(): void;
};

export function createMailStore(now: () => number = Date.now): MailStore {
  const messages: Message[] = [];
  const keys = new Map<string, { id: string; digest: string; usedAtMs: number }>();

  return {
    add(message, idempotencyKey) {
      const digest = createHash("sha256").update(JSON.stringify(message)).digest("hex");
      const earlier = idempotencyKey === null ? undefined : keys.get(idempotencyKey);
      if (earlier !== undefined && now() - earlier.usedAtMs < IDEMPOTENCY_KEY_LIFE_MS) {
        return earlier.digest === digest
          ? { kind: "repeated", id: earlier.id }
          : { kind: "key_used_for_another" };
      }
      const id = randomUUID();
      if (idempotencyKey !== null) keys.set(idempotencyKey, { id, digest, usedAtMs: now() });
      messages.unshift({ ...message, id, idempotencyKey, receivedAt: new Date(now()).toISOString() });
      messages.length = Math.min(messages.length, KEPT_MESSAGES);
      return { kind: "added", id };
    },
    list: ({ to = null } = {}) =>
      to === null ? [...messages] : messages.filter((message) => isSentTo(message, to)),
    get: (id) => messages.find((message) => message.id === id),
    clear() {
      messages.length = 0;
      keys.clear();
    },
  };
}

function isSentTo(message: Message, address: string): boolean {
  return [...message.to, ...message.cc, ...message.bcc].some(
    (recipient) => bareAddress(recipient) === bareAddress(address),
  );
}

/** `Ada <ada@example.com>` → `ada@example.com` */
function bareAddress(recipient: string): string {
  return (/<([^>]+)>/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}
