import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forward } from "#scripts/stack/http/forward.ts";
import { listenHttp, type ListeningServer } from "#scripts/stack/http/http-server.ts";

let server: ListeningServer;
let worker: (url: URL, init: RequestInit) => Promise<Response>;

beforeAll(async () => {
  server = await listenHttp(
    async (request, response) =>
      await forward(request, response, async (url, init) => await worker(url, init)),
    0,
  );
});
beforeEach(() => {
  worker = async () => await Promise.resolve(new Response("ok"));
});
afterAll(async () => {
  await server.close();
});

describe("to the Worker", () => {
  test("go method, address, headers and body as they came", async () => {
    let seen: object = {};
    worker = async (url, init) => {
      const body = await new Response(init.body).text();
      seen = {
        method: init.method,
        url: url.href,
        body,
        headers: Object.fromEntries(new Headers(init.headers)),
      };
      return new Response(null, { status: 204 });
    };
    await fetch(`${server.url}/a%20b?c=%26&c=2`, {
      method: "PUT",
      body: "grüße",
      headers: { "x-own": "1", cookie: "a=1; b=2", origin: "http://shop.test" },
    });

    expect(seen).toMatchObject({
      method: "PUT",
      url: `${server.url}/a%20b?c=%26&c=2`,
      body: "grüße",
      headers: { "x-own": "1", cookie: "a=1; b=2", origin: "http://shop.test" },
    });
  });

  test("goes the caller's true address, not the one it claims", async () => {
    let address: string | null = null;
    worker = async (_, init) => {
      address = new Headers(init.headers).get("cf-connecting-ip");
      return await Promise.resolve(new Response("ok"));
    };
    await fetch(server.url, { headers: { "cf-connecting-ip": "203.0.113.9" } });
    expect(address).toBe("127.0.0.1");
  });

  test("goes the news that the caller went away", async () => {
    const aborted = new Promise((resolve) => {
      worker = async (_, init) =>
        await new Promise((__, reject) => {
          init.signal?.addEventListener("abort", () => {
            resolve(true);
            reject(new Error("aborted"));
          });
        });
    });
    const socket = connect(server.port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    setTimeout(() => socket.destroy(), 50);
    expect(await aborted).toBe(true);
  });
});

describe("to the caller", () => {
  test("goes a redirect as a redirect, with every cookie by itself", async () => {
    worker = async () => {
      const headers = new Headers({ location: "https://shop.test/?a=1" });
      headers.append("set-cookie", "sid=1; Path=/; HttpOnly");
      headers.append("set-cookie", "theme=dark, really; Path=/");
      return await Promise.resolve(new Response(null, { status: 302, headers }));
    };
    const reply = await fetch(server.url, { redirect: "manual" });

    expect(reply.status).toBe(302);
    expect(reply.headers.get("location")).toBe("https://shop.test/?a=1");
    expect(reply.headers.getSetCookie()).toEqual(["sid=1; Path=/; HttpOnly", "theme=dark, really; Path=/"]);
  });

  test("goes a body piece by piece, before its end", async () => {
    let finish: () => void = () => undefined;
    worker = async () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode("first"));
          finish = () => controller.close();
        },
      });
      return await Promise.resolve(new Response(body));
    };
    const reply = await fetch(server.url);
    const reader = reply.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value as Uint8Array)).toBe("first");
    finish();
    expect((await reader?.read())?.done).toBe(true);
  });

  test("goes every byte of a binary body, and no body where there is none", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256);
    worker = async () => await Promise.resolve(new Response(bytes));
    expect(new Uint8Array(await (await fetch(server.url)).arrayBuffer())).toEqual(bytes);

    worker = async () => await Promise.resolve(new Response(null, { status: 304, headers: { etag: '"x"' } }));
    const unchanged = await fetch(server.url);
    expect([unchanged.status, unchanged.headers.get("etag"), await unchanged.text()]).toEqual([
      304,
      '"x"',
      "",
    ]);
  });

  test("goes 500 with the message when the Worker throws", async () => {
    worker = async () => await Promise.reject(new Error("boom"));
    const reply = await fetch(server.url);
    expect(reply.status).toBe(500);
    expect(await reply.json()).toEqual({ message: "boom" });
  });
});
