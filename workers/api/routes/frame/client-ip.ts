import type { Context } from "hono";

/** The sender's address as Cloudflare saw it; for the brake only, never kept. */
export function clientIp(c: Context): string {
  return c.req.header("cf-connecting-ip") ?? "unknown";
}
