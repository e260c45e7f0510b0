import { Hono } from "hono";

import script from "#pixel/dist/attribution.js.txt";

import type { CollectHono } from "./collect-hono.ts";

const HOUR = 3_600;
const WEEK = 604_800;

/** Worked out once an isolate: the script is part of the deployment. */
let etag: string | null = null;

/** `GET /attribution.js`: the pixel, the same bytes that the build measured. */
export const scriptRoutes = new Hono<CollectHono>().get("/attribution.js", async (c) => {
  etag ??= await etagOf(script);
  const headers = {
    ETag: etag,
    "Cache-Control": `public, max-age=${HOUR}, stale-while-revalidate=${WEEK}`,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
  };
  if (hasTag(c.req.header("If-None-Match"), etag)) return c.body(null, 304, headers);
  return c.body(script, 200, { ...headers, "Content-Type": "text/javascript; charset=utf-8" });
});

async function etagOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `"${Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}

/** Proxies that compress make a tag weak; the bytes it stands for are the same. */
function hasTag(ifNoneMatch: string | undefined, tag: string): boolean {
  const tags = (ifNoneMatch ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}
