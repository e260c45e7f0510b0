-- What the product itself came to, day by day and database by database: replaced as a whole whenever a day is counted
-- again, so that a second count changes nothing.
CREATE TABLE "control"."product_days" (
	"database" text NOT NULL,
	"day" date NOT NULL,
	"campaigns_created" integer NOT NULL,
	"campaigns_completed" integer NOT NULL,
	"reports_delivered" integer NOT NULL,
	"mails_failed" integer NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "product_days_pkey" PRIMARY KEY("database","day")
);
--> statement-breakpoint
CREATE INDEX "user_metrics_registered_idx" ON "control"."user_metrics" USING btree ("registered_at");
--> statement-breakpoint
CREATE INDEX "audit_log_admin_idx" ON "control"."audit_log" USING btree ("id") WHERE "control"."audit_log"."action" like 'admin.%' or "control"."audit_log"."action" like 'superadmin.%';
