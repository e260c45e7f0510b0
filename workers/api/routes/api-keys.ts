import { Hono } from "hono";

import { createApiKeyRequest } from "#contract/accounts.ts";
import { pageQuery } from "#contract/primitives.ts";
import { createApiKey } from "#usecases/accounts/create-api-key.ts";
import { listApiKeys } from "#usecases/accounts/list-api-keys.ts";
import { revokeApiKey } from "#usecases/accounts/revoke-api-key.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Keys for programs. */
export const apiKeyRoutes = new Hono<ApiEnv>()
  .get("/api-keys", requireAccess("keys:manage"), validQuery(pageQuery), async (c) => {
    const { after, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listApiKeys(deps, { principal, beforeId: cursor.value, limit });
    return c.json(listAnswer(page, (key) => key));
  })
  .post(
    "/api-keys",
    requireAccess("keys:manage"),
    idempotent({ isSecret: true }),
    validJson(createApiKeyRequest),
    async (c) => {
      const { deps, principal } = c.var;
      return c.json(await createApiKey(deps, { principal, request: c.req.valid("json") }), 201);
    },
  )
  .delete("/api-keys/:apiKeyId", requireAccess("keys:manage"), validId("apiKeyId", "key"), async (c) => {
    const { deps, principal } = c.var;
    const revoked = await revokeApiKey(deps, { principal, publicId: c.req.param("apiKeyId") });
    return revoked.ok ? c.body(null, 204) : problem(c, "not_found", { detail: "There is no such API key" });
  });
