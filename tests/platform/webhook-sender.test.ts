import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { postWebhook } from "#platform/webhooks/webhook-sender.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let asked: { path: string; body: string; signature: string | undefined }[] = [];
let answer: Answer;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const signature = request.headers["waymark-signature"];
    asked.push({
      path: request.url ?? "",
      body: Buffer.concat(chunks).toString("utf8"),
      signature: typeof signature === "string" ? signature : undefined,
    });
    answer(request, response);
  });
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});

beforeEach(() => {
  asked = [];
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = async () =>
  await postWebhook({
    url: `${origin}/hook`,
    headers: { "waymark-signature": "t=1,v1=ab" },
    body: '{"kind":"test"}',
  });

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end("an answer that nobody keeps");

it("posts the body as it was signed, once", async () => {
  answer = status(204);
  expect(await post()).toEqual({ ok: true, value: null });
  expect(asked).toEqual([{ path: "/hook", body: '{"kind":"test"}', signature: "t=1,v1=ab" }]);
});

it.each([301, 302, 303, 307, 308])(
  "follows no redirect of status %i, which could lead inside",
  async (code) => {
    answer = status(code, { location: `${origin}/inside` });
    expect(await post()).toMatchObject({ ok: false, error: { kind: "rejected", isPermanent: true } });
    expect(asked.map(({ path }) => path)).toEqual(["/hook"]);
  },
);

it.each([
  [404, { kind: "rejected", isPermanent: true }],
  [408, { kind: "rejected", isPermanent: false }],
  [429, { kind: "rate_limited", retryAfterSeconds: 7 }],
  [500, { kind: "ambiguous" }],
])("takes %i for what it says", async (code, error) => {
  answer = status(code, { "retry-after": "7" });
  const sent = await post();
  expect(sent).toMatchObject({ ok: false, error });
  expect(JSON.stringify(sent)).not.toContain("nobody keeps");
});

it("may have been taken by who breaks off without an answer", async () => {
  answer = (request) => request.socket.destroy();
  expect(await post()).toMatchObject({ ok: false, error: { kind: "ambiguous" } });
});
