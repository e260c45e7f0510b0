import { Hono } from "hono";

import type { ApiEnv } from "./frame/api-env.ts";

export const siteRoutes = new Hono<ApiEnv>();
