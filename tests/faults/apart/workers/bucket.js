import { WorkerEntrypoint } from "cloudflare:workers";

/** Stands where the jobs Worker's bucket of reports is: what it keeps outlives the Worker. */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default class Bucket extends WorkerEntrypoint {
  async put(key, value, options) {
    const answer = await fetch(this.#address(key), {
      method: "PUT",
      body: value,
      headers: { "content-type": options?.httpMetadata?.contentType ?? "application/octet-stream" },
    });
    if (!answer.ok) throw new Error("put: Internal Error (10001)");
  }

  async get(key) {
    const answer = await fetch(this.#address(key));
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error("get: Internal Error (10001)");
    const bytes = await answer.arrayBuffer();
    return {
      size: bytes.byteLength,
      httpMetadata: { contentType: answer.headers.get("content-type") ?? undefined },
      arrayBuffer: () => bytes,
    };
  }

  async delete(key) {
    await fetch(this.#address(key), { method: "DELETE" });
  }

  #address(key) {
    return `${this.env.OUTSIDE}/${encodeURIComponent(key)}`;
  }
}
