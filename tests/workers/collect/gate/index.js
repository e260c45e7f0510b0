import { WorkerEntrypoint } from "cloudflare:workers";

/** Stands in for a queue whose every send the test lets through, holds or refuses: it asks the test's own server. */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default class Gate extends WorkerEntrypoint {
  async send(message) {
    const answer = await fetch(this.env.GATE_URL, { method: "POST", body: JSON.stringify(message) });
    if (answer.status !== 200) throw new Error("Unknown Internal Error (15000)");
  }
}
