import type { Hono } from "hono";

import type { ApiEnv } from "./routes/frame/api-env.ts";
import { adminRoutes } from "./routes/admin.ts";
import { adminAlertRoutes } from "./routes/admin-alerts.ts";
import { alertChannelRoutes } from "./routes/alert-channels.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { analyticsRoutes } from "./routes/analytics.ts";
import { apiKeyRoutes } from "./routes/api-keys.ts";
import { auditLogRoutes } from "./routes/audit-log.ts";
import { authRoutes } from "./routes/auth.ts";
import { campaignRoutes } from "./routes/campaigns.ts";
import { dealRoutes } from "./routes/deals.ts";
import { documentRoutes } from "./routes/documents.ts";
import { eventRoutes } from "./routes/events.ts";
import { healthRoutes } from "./routes/health.ts";
import { importRoutes } from "./routes/import.ts";
import { journeyRoutes } from "./routes/journeys.ts";
import { ledgerRoutes } from "./routes/ledger.ts";
import { linkRoutes } from "./routes/links.ts";
import { mailWebhookRoutes } from "./routes/mail-webhooks.ts";
import { meRoutes } from "./routes/me.ts";
import { memberRoutes } from "./routes/members.ts";
import { monitoringRoutes } from "./routes/monitoring.ts";
import { productMetricsRoutes } from "./routes/product-metrics.ts";
import { rateRoutes } from "./routes/rates.ts";
import { reportAddressRoutes } from "./routes/report-addresses.ts";
import { reportDeliveryRoutes } from "./routes/report-deliveries.ts";
import { reportScheduleRoutes } from "./routes/report-schedules.ts";
import { reportSettingsRoutes } from "./routes/report-settings.ts";
import { reportShareRoutes } from "./routes/report-shares.ts";
import { reportRoutes } from "./routes/reports.ts";
import { runRoutes } from "./routes/runs.ts";
import { sharedRoutes } from "./routes/shared.ts";
import { siteSpendRoutes } from "./routes/site-spend.ts";
import { siteRoutes } from "./routes/sites.ts";
import { spendRoutes } from "./routes/spend.ts";
import { trackingRoutes } from "./routes/tracking.ts";
import { unsubscribeRoutes } from "./routes/unsubscribe.ts";
import { visitorRoutes } from "./routes/visitors.ts";

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
  app.route("/api/v1", auditLogRoutes);
  app.route("/api/v1", siteRoutes);
  app.route("/api/v1", campaignRoutes);
  app.route("/api/v1", spendRoutes);
  app.route("/api/v1", siteSpendRoutes);
  app.route("/api/v1", dealRoutes);
  app.route("/api/v1", rateRoutes);
  app.route("/api/v1", linkRoutes);
  app.route("/api/v1", eventRoutes);
  app.route("/api/v1", analyticsRoutes);
  app.route("/api/v1", journeyRoutes);
  app.route("/api/v1", ledgerRoutes);
  app.route("/api/v1", trackingRoutes);
  app.route("/api/v1", visitorRoutes);
  app.route("/api/v1", importRoutes);
  app.route("/api/v1", reportRoutes);
  app.route("/api/v1", reportDeliveryRoutes);
  app.route("/api/v1", reportAddressRoutes);
  app.route("/api/v1", unsubscribeRoutes);
  app.route("/api/v1", mailWebhookRoutes);
  app.route("/api/v1", reportScheduleRoutes);
  app.route("/api/v1", reportSettingsRoutes);
  app.route("/api/v1", reportShareRoutes);
  app.route("/api/v1", sharedRoutes);
  app.route("/api/v1", runRoutes);
  app.route("/api/v1", alertRoutes);
  app.route("/api/v1", alertChannelRoutes);
  app.route("/api/v1", adminRoutes);
  app.route("/api/v1", productMetricsRoutes);
  app.route("/api/v1", monitoringRoutes);
  app.route("/api/v1", adminAlertRoutes);
}
