-- One row a site, scope, dimension and day, week or month, its values side by side in arrays: a row a value would take
-- several times the bytes of what it says.
CREATE TABLE "site"."rollup_periods" (
	"site_id" integer NOT NULL,
	"scope" text NOT NULL,
	"scope_key" text NOT NULL,
	"dimension" text NOT NULL,
	"span" text NOT NULL,
	"starts_on" date NOT NULL,
	"currency" text NOT NULL,
	"rolled_at" timestamp (3) with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"entries" text[] NOT NULL,
	"impressions" integer[],
	"clicks" integer[],
	"pageviews" integer[],
	"sessions" integer[],
	"visitors" integer[],
	"conversions" integer[],
	"revenue_minor" bigint[],
	"refund_minor" bigint[],
	"sketch_ends" integer[],
	"sketches" "bytea",
	CONSTRAINT "rollup_periods_pkey" PRIMARY KEY("site_id","scope","scope_key","dimension","span","starts_on","currency"),
	CONSTRAINT "rollup_periods_scope_check" CHECK ("site"."rollup_periods"."scope" in ('site', 'campaign', 'channel')),
	CONSTRAINT "rollup_periods_span_check" CHECK ("site"."rollup_periods"."span" in ('day', 'week', 'month'))
);
--> statement-breakpoint
-- Not compressed, so that Postgres reads the slice of one value's sketch and not all of them.
ALTER TABLE "site"."rollup_periods" ALTER COLUMN "sketches" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE INDEX "rollup_periods_start_idx" ON "site"."rollup_periods" USING btree ("site_id","span","starts_on");
--> statement-breakpoint
CREATE TABLE "site"."stale_periods" (
	"site_id" integer NOT NULL,
	"span" text NOT NULL,
	"starts_on" date NOT NULL,
	"version" bigint NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stale_periods_pkey" PRIMARY KEY("site_id","span","starts_on"),
	CONSTRAINT "stale_periods_span_check" CHECK ("site"."stale_periods"."span" in ('day', 'week', 'month'))
);
--> statement-breakpoint
CREATE INDEX "stale_periods_marked_idx" ON "site"."stale_periods" USING btree ("span","marked_at");
--> statement-breakpoint
CREATE TABLE "site"."credit_days" (
	"site_id" integer NOT NULL,
	"day" date NOT NULL,
	"lookback_days" smallint NOT NULL,
	"direct" text NOT NULL,
	"version" text NOT NULL,
	"credit" jsonb NOT NULL,
	CONSTRAINT "credit_days_pkey" PRIMARY KEY("site_id","lookback_days","direct","day")
);
--> statement-breakpoint
-- What is known already is rolled up by the next runs of the cron.
INSERT INTO "site"."stale_periods" ("site_id", "span", "starts_on", "version", "marked_at")
SELECT DISTINCT r.site_id, 'day', (r.bucket AT TIME ZONE t.time_zone)::date, 1, now()
FROM site.rollup_hours r JOIN site.sites t ON t.id = r.site_id
WHERE r.scope = 'site';
