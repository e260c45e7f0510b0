import { type ListeningServer, listenHttp, readBody, sendText } from "#scripts/stack/http/http-server.ts";

const MAX_BYTES = 50_000_000;

/** A bucket that outlives who writes to it: objects by key, over HTTP for its stand-in. */
export async function startDurableBucket(): Promise<ListeningServer> {
  const objects = new Map<string, { bytes: Buffer; type: string }>();
  return await listenHttp(async (request, response) => {
    const key = decodeURIComponent((request.url ?? "/").slice(1));
    if (request.method === "PUT") {
      const bytes = (await readBody(request, MAX_BYTES)) ?? Buffer.alloc(0);
      objects.set(key, { bytes, type: request.headers["content-type"] ?? "" });
      sendText(response, 200, {}, "");
      return;
    }
    if (request.method === "DELETE") objects.delete(key);
    const object = objects.get(key);
    if (object === undefined) sendText(response, request.method === "DELETE" ? 200 : 404, {}, "");
    else response.writeHead(200, { "content-type": object.type }).end(object.bytes);
  }, 0);
}
