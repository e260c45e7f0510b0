-- Attribution runs: what the workbench showed, kept for good under a name. The figures and credit lines are an object of
-- the report store; a row says what was asked and where it lies (decisions 23).
CREATE TABLE "site"."attribution_runs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."attribution_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"name" text NOT NULL,
	"question" jsonb NOT NULL,
	"models" text[] NOT NULL,
	"status" text NOT NULL,
	"failure" text,
	"data_version" text,
	"object_key" text,
	"items" integer,
	"recompute_of" integer,
	"created_by" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "attribution_runs_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "attribution_runs_status_check" CHECK ("site"."attribution_runs"."status" in ('pending', 'ready', 'failed'))
);
--> statement-breakpoint
CREATE INDEX "attribution_runs_site_idx" ON "site"."attribution_runs" USING btree ("site_id","id");--> statement-breakpoint
CREATE INDEX "attribution_runs_pending_idx" ON "site"."attribution_runs" USING btree ("created_at") WHERE "site"."attribution_runs"."status" = 'pending';
