import { WorkerEntrypoint } from "cloudflare:workers";

/** Stands where collect's R2 binding is: passes an object on to the bucket that jobs reads, if that is up. */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default class Storage extends WorkerEntrypoint {
  async put(key, value) {
    const address = `${this.env.OUTSIDE}/objects/${encodeURIComponent(key)}`;
    const answer = await fetch(address, { method: "PUT", body: value });
    if (!answer.ok) throw new Error("put: Internal Error (10001)");
  }
}
