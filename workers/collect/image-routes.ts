import { Hono } from "hono";

import { acceptImage, type ImageQuery } from "#usecases/accept-image.ts";

import type { CollectHono } from "./collect-hono.ts";
import { requestFacts } from "./request-facts.ts";

/** The smallest transparent GIF that every mail program draws: 43 bytes. */
const GIF = Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="), (c) =>
  c.charCodeAt(0),
);

/** `GET /e.gif`: always an image, whatever became of the event. */
export const imageRoutes = new Hono<CollectHono>().get("/e.gif", async (c) => {
  const facts = requestFacts(c, c.get("requestId"));
  const accepted = await acceptImage(c.get("deps"), {
    query: imageQuery((name) => c.req.query(name)),
    facts,
  });
  const headers: Record<string, string> = {
    "Content-Type": "image/gif",
    "Content-Length": String(GIF.byteLength),
    "Cache-Control": "no-store, private, max-age=0",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
  };
  if (!accepted.ok) {
    headers["X-Waymark-Refused"] = accepted.error.code;
    c.set("problemCode", accepted.error.code);
  }
  return c.body(GIF, 200, headers);
});

/** Each parameter by its public name; an empty one is none. */
function imageQuery(read: (name: string) => string | undefined): ImageQuery {
  const given = (name: string): string | undefined => read(name) || undefined;
  return {
    site: given("site"),
    type: given("type"),
    id: given("id"),
    campaign: given("campaign"),
    promo: given("promo"),
    name: given("name"),
    url: given("url"),
    link: given("link"),
    conversionType: given("conversion"),
    value: given("value"),
    currency: given("currency"),
    order: given("order"),
  };
}
