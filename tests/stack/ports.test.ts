import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort, freePorts, isPortFree } from "#scripts/stack/ports.ts";

const servers: Server[] = [];

async function occupy(port: number, host = "127.0.0.1"): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen({ port, host }, () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    server.once("listening", () => servers.push(server));
  });
}

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(async (server) => await new Promise((resolve) => server.close(resolve))),
  );
});

test("gives the preferred port while it is free", async () => {
  const port = await freePort();
  // Nor is it one that the system gives to whoever asks next.
  expect(port).toBeLessThan(32_768);
  expect(await freePort(port)).toBe(port);
});

test("gives the next free port when the preferred one is taken", async () => {
  const port = await occupy(await freePort());
  const next = await freePort(port);
  expect(next).toBeGreaterThan(port);
  expect(next).toBeLessThan(port + 50);
  expect(await isPortFree(port)).toBe(false);
});

test("takes a port that is taken on IPv6 alone for taken: localhost may mean either", async () => {
  const port = await occupy(await freePort(), "::1").catch(() => 0);
  expect(port > 0 && (await isPortFree(port))).toBe(false);
});

test("gives no port twice, however the wishes collide", async () => {
  const port = await occupy(await freePort());
  const chosen = await freePorts({ app: port, collect: port, mail: port + 1, any: 0 });
  expect(new Set(Object.values(chosen)).size).toBe(4);
  expect(Object.values(chosen)).not.toContain(port);
});
