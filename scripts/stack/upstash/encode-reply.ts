import type { CommandOutcome, Reply } from "./redis-engine.ts";

/** A reply as JSON. With base64 every string is encoded, nested ones too; only the word OK stays, as at Upstash. */
export function encodeOutcome(outcome: CommandOutcome, base64: boolean): unknown {
  return "error" in outcome ? outcome : { result: encodeReply(outcome.result, base64) };
}

function encodeReply(reply: Reply, base64: boolean): unknown {
  if (reply === null || typeof reply === "number") return reply;
  if (Array.isArray(reply)) return reply.map((part) => encodeReply(part, base64));

  const bytes = typeof reply === "string" ? Buffer.from(reply) : reply;
  const text = bytes.toString("utf8");
  return base64 && text !== "OK" ? bytes.toString("base64") : text;
}
