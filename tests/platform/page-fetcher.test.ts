import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageFetcher } from "#platform/page-fetcher.ts";

const fetchPage = pageFetcher("https://app.waymark.example");
let server: Server;
let origin: string;
let agents: (string | undefined)[] = [];
let cookies: (string | undefined)[] = [];

const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/page": (response) => {
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": "default-src 'self'" });
    response.end("<p>Hällo</p>");
  },
  "/moved": (response) => response.writeHead(302, { location: "/page" }).end(),
  "/broken": (response) => response.writeHead(503, { "content-type": "text/html" }).end("sorry"),
  "/cut": (response) => response.socket?.destroy(),
  "/endless": (response) => {
    response.writeHead(200, { "content-type": "text/html" });
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    agents.push(request.headers["user-agent"]);
    cookies.push(request.headers.cookie);
    ANSWERS[request.url ?? ""]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("gives a page's source, its kind and its policies, and says who asks", async () => {
  [agents, cookies] = [[], []];
  expect(await fetchPage(`${origin}/page`)).toEqual({
    kind: "page",
    status: 200,
    contentType: "text/html",
    policies: ["default-src 'self'"],
    html: "<p>Hällo</p>",
  });
  expect(agents).toEqual([expect.stringContaining("WaymarkInstallCheck/1.0; +https://app.waymark.example")]);
  expect(cookies).toEqual([undefined]);
});

test("never follows a redirect by itself: where it leads is judged first", async () => {
  expect(await fetchPage(`${origin}/moved`)).toEqual({ kind: "redirect", location: "/page" });
});

test("tells a page that fails from a server that cannot be reached", async () => {
  expect(await fetchPage(`${origin}/broken`)).toMatchObject({ kind: "page", status: 503 });
  expect(await fetchPage(`${origin}/cut`)).toEqual({ kind: "unreachable", reason: "no_answer" });
  expect(await fetchPage("http://127.0.0.1:1/")).toEqual({ kind: "unreachable", reason: "no_answer" });
});

test("reads half a megabyte of a page without end", async () => {
  const page = await fetchPage(`${origin}/endless`);
  expect(page.kind === "page" && page.html.length).toBe(512 * 1024);
});
