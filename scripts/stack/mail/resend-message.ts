import type { Attachment, NewMessage } from "./mail-store.ts";

const MAX_RECIPIENTS = 50;

export type ResendError = { statusCode: number; name: string; message: string };
type Fields = Record<string, unknown>;

/** The body of `POST /emails` as a message, or the error with which Resend refuses it. */
export function parseResendMessage(body: string): NewMessage | ResendError {
  const fields = parseObject(body);
  if (fields === null) {
    return { statusCode: 400, name: "validation_error", message: "The request body is not valid JSON." };
  }
  const to = toList(fields["to"]);
  return findError(fields, to) ?? toMessage(fields, to);
}

function parseObject(body: string): Fields | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? (parsed as Fields) : null;
  } catch {
    return null;
  }
}

function findError(fields: Fields, to: string[]): ResendError | undefined {
  const missing = ["from", "to", "subject"].find((name) => fields[name] === undefined || fields[name] === "");
  if (missing !== undefined) return unprocessable("missing_required_field", `Missing \`${missing}\` field.`);
  if (fields["html"] === undefined && fields["text"] === undefined) {
    return unprocessable("missing_required_field", "Missing `html` or `text` field.");
  }
  if (to.length === 0 || to.length > MAX_RECIPIENTS) {
    return unprocessable("validation_error", `The \`to\` field must have 1 to ${MAX_RECIPIENTS} recipients.`);
  }
  const wrong = [...toList(fields["from"]), ...to].find((address) => !looksLikeAddress(address));
  if (wrong === undefined) return undefined;
  const field = wrong === fields["from"] ? "from" : "to";
  return unprocessable(
    field === "from" ? "invalid_from_address" : "validation_error",
    `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
  );
}

function unprocessable(name: string, message: string): ResendError {
  return { statusCode: 422, name, message };
}

function toMessage(fields: Fields, to: string[]): NewMessage {
  return {
    from: toText(fields["from"]) ?? "",
    to,
    cc: toList(fields["cc"]),
    bcc: toList(fields["bcc"]),
    replyTo: toList(fields["reply_to"] ?? fields["replyTo"]),
    subject: toText(fields["subject"]) ?? "",
    html: toText(fields["html"]),
    text: toText(fields["text"]),
    headers: (fields["headers"] ?? {}) as Record<string, string>,
    attachments: Array.isArray(fields["attachments"]) ? fields["attachments"].map(toAttachment) : [],
  };
}

function toList(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === "string");
}

function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function toAttachment(value: unknown): Attachment {
  const fields = value as Fields;
  const content = toText(fields["content"]) ?? "";
  return {
    filename: toText(fields["filename"]) ?? "attachment",
    contentType: toText(fields["content_type"] ?? fields["contentType"]) ?? "application/octet-stream",
    size: Buffer.from(content, "base64").byteLength,
    content,
  };
}

function looksLikeAddress(recipient: string): boolean {
  return /^(?:[^<>]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/.test(recipient.trim());
}
