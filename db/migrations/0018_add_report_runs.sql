-- A report keeps the attribution run that its credit was made of: recomputing it then lists the differences by reason.
ALTER TABLE "site"."reports" ADD COLUMN "run_key" text;--> statement-breakpoint
ALTER TABLE "site"."attribution_runs" ADD COLUMN "report_id" integer;--> statement-breakpoint
ALTER TABLE "site"."attribution_runs" ADD CONSTRAINT "attribution_runs_report_key" UNIQUE("report_id");
