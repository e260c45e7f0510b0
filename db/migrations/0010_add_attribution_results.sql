-- Credit of a range under one set of options, kept for as long as the version vector of its days holds (decisions 22).
-- `result` is null while it has only been asked for.
CREATE TABLE "site"."attribution_results" (
	"site_id" integer NOT NULL,
	"options" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"since_day" date,
	"version" text,
	"matched" text,
	"data_version" text,
	"result" jsonb,
	"took_ms" integer,
	"computed_at" timestamp (3) with time zone,
	"requested_at" timestamp (3) with time zone,
	CONSTRAINT "attribution_results_pkey" PRIMARY KEY("site_id","from_day","to_day","options")
);
--> statement-breakpoint
CREATE INDEX "attribution_results_computed_idx" ON "site"."attribution_results" USING btree ("computed_at");
