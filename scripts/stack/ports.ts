import { createServer } from "node:net";

const NEIGHBOURS_TRIED = 50;

/** A port of the loopback that is free now: the preferred one, else the next free one after it, else any. */
export async function freePort(preferred = 0, taken: ReadonlySet<number> = new Set()): Promise<number> {
  if (preferred > 0) {
    for (let port = preferred; port < preferred + NEIGHBOURS_TRIED; port += 1) {
      if (!taken.has(port) && (await isPortFree(port))) return port;
    }
  }
  return await anyFreePort();
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

async function anyFreePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
