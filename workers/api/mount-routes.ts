import type { Hono } from "hono";

import type { ApiEnv } from "./routes/frame/api-env.ts";
import { apiKeyRoutes } from "./routes/api-keys.ts";
import { authRoutes } from "./routes/auth.ts";
import { documentRoutes } from "./routes/documents.ts";
import { healthRoutes } from "./routes/health.ts";
import { meRoutes } from "./routes/me.ts";
import { memberRoutes } from "./routes/members.ts";
import { siteRoutes } from "./routes/sites.ts";

/**
 * Every routes file, one line each. A file exports `new Hono<ApiEnv>()` with its paths below `/api/v1`
 * (`.get("/campaigns/:campaignId", …)`), and each of its routes is described in `openapi/paths/`.
 */
export function mountRoutes<E extends ApiEnv>(app: Hono<E>): void {
  app.route("/", healthRoutes);
  app.route("/api/v1", documentRoutes);
  app.route("/api/v1", authRoutes);
  app.route("/api/v1", meRoutes);
  app.route("/api/v1", memberRoutes);
  app.route("/api/v1", apiKeyRoutes);
  app.route("/api/v1", siteRoutes);
}
