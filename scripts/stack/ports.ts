import { randomInt } from "node:crypto";
import { createServer } from "node:net";

const NEIGHBOURS_TRIED = 50;

/**
 * Below what systems hand out by themselves (Linux from 32768, others from 49152), to every connection that goes out too:
 * one of those would often be somebody's by the time it is listened on.
 */
const ANY = { from: 20_000, to: 32_000 };
const TRIES = 100;

/** A port of the loopback that is free now: the preferred one, else the next free one after it, else any. Throws when none is. */
export async function freePort(preferred = 0, taken: ReadonlySet<number> = new Set()): Promise<number> {
  if (preferred > 0) {
    for (let port = preferred; port < preferred + NEIGHBOURS_TRIED; port += 1) {
      if (!taken.has(port) && (await isPortFree(port))) return port;
    }
  }
  return await anyFreePort(taken);
}

/** A free port for each wish, no two the same. */
export async function freePorts<Name extends string>(
  wishes: Readonly<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const chosen: Record<string, number> = {};
  for (const [name, preferred] of Object.entries<number>(wishes)) {
    chosen[name] = await freePort(preferred, new Set(Object.values(chosen)));
  }
  return chosen;
}

/** Both loopback families are asked: `localhost` may mean either one to the browser. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));
}

async function canListen(port: number, host: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has nothing in the way on ::1.
      resolve(error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT");
    });
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function anyFreePort(taken: ReadonlySet<number>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(ANY.from, ANY.to);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`No port between ${ANY.from} and ${ANY.to} is free.`);
}
