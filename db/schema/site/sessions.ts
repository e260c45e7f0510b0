import { char, index, integer, primaryKey, smallint, uuid } from "drizzle-orm/pg-core";

import { halfHour, instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Derived from a visitor's events and re-derived whenever they change; never edited. */
export const sessions = site.table(
  "sessions",
  {
    siteId: integer("site_id").notNull(),
    /** Id of the event that opened it. */
    sessionId: uuid("session_id").notNull(),
    visitorId: uuid("visitor_id").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at").notNull(),
    /** The run of events without a 30-minute gap that the session lies in: what a new event can change at most. */
    stretchStartedAt: instant("stretch_started_at").notNull(),
    stretchEndedAt: instant("stretch_ended_at").notNull(),
    sourceId: integer("source_id"),
    landingPageId: integer("landing_page_id"),
    agentId: integer("agent_id"),
    country: char("country", { length: 2 }),
    opens: smallint("opens").notNull(),
    pageviews: integer("pageviews").notNull(),
    events: integer("events").notNull(),
  },
  (t) => [
    primaryKey({ name: "sessions_pkey", columns: [t.siteId, t.sessionId] }),
    index("sessions_visitor_idx").on(t.siteId, t.visitorId, t.stretchStartedAt),
    index("sessions_started_idx").on(t.siteId, halfHour(t.startedAt)),
  ],
);
