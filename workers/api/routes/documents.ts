import { Hono } from "hono";

import type { ApiEnv } from "./frame/api-env.ts";
import { PROBLEMS } from "./frame/problems.ts";
import { buildDocument, type ApiDocument } from "./openapi/build-document.ts";
import type { DocumentShape } from "./openapi/document-shape.ts";
import { renderDocsPage } from "./openapi/render-docs-page.ts";

const CACHE_CONTROL = "public, max-age=300";
/** The page runs nothing and loads nothing; its styles are in it. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Made once per isolate: nothing in it changes while one runs. */
let document: ApiDocument | undefined;
let page: string | undefined;

/** The API's own description, for programs and for people. */
export const documentRoutes = new Hono<ApiEnv>()
  .get("/openapi.json", (c) => {
    document ??= buildDocument(PROBLEMS, c.var.deps.settings.appOrigin);
    c.header("cache-control", CACHE_CONTROL);
    return c.json(document);
  })
  .get("/docs", (c) => {
    document ??= buildDocument(PROBLEMS, c.var.deps.settings.appOrigin);
    page ??= renderDocsPage(shapeOf(document));
    c.header("cache-control", CACHE_CONTROL);
    c.header("content-security-policy", PAGE_POLICY);
    return c.html(page);
  });

/** As it is sent: what the page reads is what a program gets. */
function shapeOf(built: ApiDocument): DocumentShape {
  return JSON.parse(JSON.stringify(built)) as DocumentShape;
}
