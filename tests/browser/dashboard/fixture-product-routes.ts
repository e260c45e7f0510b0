import { list, missing, ok, type Route } from "./fixture-answer.ts";
import { demoAdminActs, demoAuditLog, demoProductMetrics } from "./fixture-product.ts";

/** Product metrics and both logs. */
export const PRODUCT_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/admin\/product-metrics$/,
    answer: ({ state, query }) => {
      if (!state.me.superadmin) return missing;
      const metrics = demoProductMetrics(Number(query.get("weeks") ?? "12"), Date.now());
      return ok({ ...metrics, ...state.productMetrics });
    },
  },
  {
    method: "GET",
    path: /^\/admin\/audit-log$/,
    answer: ({ state }) => (state.me.superadmin ? list(demoAdminActs(Date.now())) : missing),
  },
  {
    method: "GET",
    path: /^\/audit-log$/,
    answer: ({ query }) => {
      const entries = demoAuditLog(Date.now()).filter(
        ({ action }) => !query.get("area") || action.startsWith(`${query.get("area")}.`),
      );
      const half = 5;
      if (query.get("area")) return list(entries);
      return query.get("after") === "older"
        ? ok({ items: entries.slice(half), next: null })
        : ok({ items: entries.slice(0, half), next: "older" });
    },
  },
];
