import type { IncomingMessage, ServerResponse } from "node:http";
import { listenHttp, readBody, sendJson, sendText } from "#scripts/stack/http/http-server.ts";
import { createFaults, type Faults } from "./faults.ts";
import { framedHtml, listPage, messagePage } from "./mail-page.ts";
import { createMailStore, type MailStore, type Message } from "./mail-store.ts";
import { parseResendMessage, type ResendError } from "./resend-message.ts";

/** Resend takes mails up to 40 MB, attachments included. */
const MAX_BODY_BYTES = 40 * 1024 * 1024;
const MAX_KEY_LENGTH = 256;

export type MailCatcher = { url: string; apiKey: string; port: number; close(): Promise<void> };
type Context = { store: MailStore; faults: Faults; apiKey: string };

/** Speaks Resend's HTTP API, and keeps every mail for a page, and for tests, to read. */
export async function startMailCatcher(options: { apiKey: string; port?: number }): Promise<MailCatcher> {
  const context: Context = { store: createMailStore(), faults: createFaults(), apiKey: options.apiKey };
  const listening = await listenHttp(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/emails") await answerResend(request, response, context);
    else if (pathname.startsWith("/api/")) await answerApi(request, response, context);
    else answerPage(pathname, response, context.store);
  }, options.port ?? 0);

  return {
    url: listening.url,
    apiKey: options.apiKey,
    port: listening.port,
    close: async () => await listening.close(),
  };
}

async function answerResend(
  request: IncomingMessage,
  response: ServerResponse,
  { store, faults, apiKey }: Context,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const refusal = refuse(request, apiKey, body);
  if (refusal !== undefined) {
    sendJson(response, refusal.statusCode, refusal);
    return;
  }
  const fault = faults.next();
  if (fault !== undefined && !fault.keepMail) {
    sendFault(response, fault.status);
    return;
  }
  const message = parseResendMessage(body?.toString("utf8") ?? "");
  if ("statusCode" in message) {
    sendJson(response, message.statusCode, message);
    return;
  }
  const outcome = store.add(message, idempotencyKey(request));
  if (outcome.kind === "key_used_for_another") {
    sendJson(response, KEY_REUSED.statusCode, KEY_REUSED);
  } else if (fault === undefined) {
    sendJson(response, 200, { id: outcome.id });
  } else {
    sendFault(response, fault.status);
  }
}

const KEY_REUSED: ResendError = {
  statusCode: 409,
  name: "invalid_idempotent_request",
  message: "Same idempotency key used with a different request payload.",
};

function refuse(request: IncomingMessage, apiKey: string, body: Buffer | null): ResendError | undefined {
  const authorization = request.headers.authorization;
  if (request.method !== "POST") {
    return { statusCode: 405, name: "method_not_allowed", message: "Method is not allowed for this path." };
  }
  if (authorization === undefined) {
    return { statusCode: 401, name: "missing_api_key", message: "Missing API Key" };
  }
  if (authorization !== `Bearer ${apiKey}`) {
    return { statusCode: 403, name: "invalid_api_key", message: "API key is invalid" };
  }
  if (body === null) {
    return { statusCode: 413, name: "validation_error", message: "The request is larger than 40 MB." };
  }
  const key = idempotencyKey(request);
  if (key === null || (key.length > 0 && key.length <= MAX_KEY_LENGTH)) return undefined;
  return {
    statusCode: 400,
    name: "invalid_idempotency_key",
    message: "The key must be between 1-256 chars.",
  };
}

function idempotencyKey(request: IncomingMessage): string | null {
  const header = request.headers["idempotency-key"];
  return typeof header === "string" ? header : null;
}

function sendFault(response: ServerResponse, status: number): void {
  const isRate = status === 429;
  if (isRate) response.setHeader("retry-after", "1");
  sendJson(response, status, {
    statusCode: status,
    name: isRate ? "rate_limit_exceeded" : "internal_server_error",
    message: isRate ? "Too many requests." : "An unexpected error occurred.",
  });
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  { store, faults }: Context,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const route = `${request.method} ${url.pathname}`;
  if (route === "GET /api/messages") {
    sendJson(response, 200, { items: store.list({ to: url.searchParams.get("to") }).map(withoutContent) });
  } else if (route === "DELETE /api/messages") {
    store.clear();
    sendJson(response, 200, { items: [] });
  } else if (route === "POST /api/faults") {
    const body = JSON.parse((await readBody(request, MAX_BODY_BYTES))?.toString("utf8") ?? "{}") as object;
    const fault = { status: 500, count: 1, keepMail: false, ...body };
    faults.set(fault);
    sendJson(response, 200, fault);
  } else {
    const message = /^GET \/api\/messages\/(.+)$/.exec(route)?.[1];
    sendOptional(response, store.get(message ?? ""));
  }
}

/** In a list attachments go without their bytes; one message by itself has them. */
function withoutContent(message: Message): object {
  const attachments = message.attachments.map((attachment) => ({
    filename: attachment.filename,
    contentType: attachment.contentType,
    size: attachment.size,
  }));
  return { ...message, attachments };
}

function sendOptional(response: ServerResponse, message: Message | undefined): void {
  if (message === undefined) sendJson(response, 404, { message: "No such mail." });
  else sendJson(response, 200, message);
}

const HTML = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };

function answerPage(pathname: string, response: ServerResponse, store: MailStore): void {
  const [, folder, id = "", part, index = ""] = pathname.split("/");
  const message = store.get(id);
  if (pathname === "/") sendText(response, 200, HTML, listPage(store.list()));
  else if (folder !== "messages" || message === undefined) sendText(response, 404, HTML, "No such mail.");
  else if (part === undefined) sendText(response, 200, HTML, messagePage(message));
  else if (part === "html") sendFramed(response, message);
  else sendAttachment(response, message, Number(index));
}

/** Whoever opens the mail's HTML outside the frame is kept from running its scripts too. */
function sendFramed(response: ServerResponse, message: Message): void {
  const policy = { "content-security-policy": "sandbox allow-popups allow-popups-to-escape-sandbox" };
  sendText(response, 200, { ...HTML, ...policy }, framedHtml(message));
}

function sendAttachment(response: ServerResponse, message: Message, index: number): void {
  const attachment = message.attachments[index];
  if (attachment === undefined) {
    sendText(response, 404, HTML, "No such attachment.");
    return;
  }
  const bytes = Buffer.from(attachment.content, "base64");
  response.writeHead(200, {
    "content-type": attachment.contentType,
    "content-length": String(bytes.byteLength),
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
  });
  response.end(bytes);
}
