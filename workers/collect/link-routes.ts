import { Hono } from "hono";

import { followLink } from "#usecases/follow-link.ts";

import type { CollectHono } from "./collect-hono.ts";
import { requestFacts } from "./request-facts.ts";

/** `GET` and `HEAD /r/:slug`; Hono answers HEAD by the GET route and leaves the body out. */
export const linkRoutes = new Hono<CollectHono>().get("/r/:slug", async (c) => {
  const facts = requestFacts(c, c.get("requestId"));
  const followed = await followLink(c.get("deps"), { slug: c.req.param("slug"), facts });
  c.header("Cache-Control", "no-store");
  c.header("Referrer-Policy", "no-referrer-when-downgrade");
  if (followed.ok) return c.redirect(followed.value.destination, 302);

  c.set("problemCode", followed.error.kind);
  switch (followed.error.kind) {
    case "unknown_link":
      return c.html(
        page("This link leads nowhere", "It was mistyped, or whoever made it has removed it."),
        404,
      );
    case "config_unavailable":
      c.header("Retry-After", "5");
      return c.html(page("Please try again", "The link could not be looked up just now."), 503);
  }
});

function page(title: string, text: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}</style></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
}
