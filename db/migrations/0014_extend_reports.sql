-- Reports of several kinds, by schedule and by link; deliveries with their log; addresses that agree; an account's look.
-- Schedules had a table from the start, and nothing that wrote to it.
DROP TABLE "site"."report_schedules";--> statement-breakpoint
CREATE TABLE "site"."report_schedules" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."report_schedules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"site_id" integer,
	"campaign_ids" integer[] DEFAULT '{}' NOT NULL,
	"public_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"cadence" text NOT NULL,
	"weekday" smallint,
	"month_day" smallint,
	"hour" smallint NOT NULL,
	"time_zone" text NOT NULL,
	"covers" text NOT NULL,
	"options" jsonb NOT NULL,
	"formats" text[] NOT NULL,
	"subject" text,
	"note" text,
	"skip_empty" boolean DEFAULT false NOT NULL,
	"next_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"failure" text,
	"created_by" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "report_schedules_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "report_schedules_hour_check" CHECK ("site"."report_schedules"."hour" between 0 and 23),
	CONSTRAINT "report_schedules_weekday_check" CHECK ("site"."report_schedules"."weekday" between 1 and 7),
	CONSTRAINT "report_schedules_month_day_check" CHECK ("site"."report_schedules"."month_day" between 1 and 31)
);
--> statement-breakpoint
CREATE INDEX "report_schedules_account_idx" ON "site"."report_schedules" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "report_schedules_next_idx" ON "site"."report_schedules" USING btree ("next_at") WHERE "site"."report_schedules"."next_at" is not null;--> statement-breakpoint
CREATE TABLE "site"."report_recipients" (
	"schedule_id" integer NOT NULL,
	"address" text NOT NULL,
	"unsubscribe_token" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"unsubscribed_at" timestamp (3) with time zone,
	CONSTRAINT "report_recipients_pkey" PRIMARY KEY("schedule_id","address"),
	CONSTRAINT "report_recipients_token_key" UNIQUE("unsubscribe_token")
);
--> statement-breakpoint
ALTER TABLE "site"."report_recipients" ADD CONSTRAINT "report_recipients_schedule_id_report_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "site"."report_schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "account_id" integer;--> statement-breakpoint
UPDATE "site"."reports" r SET "account_id" = s."account_id" FROM "site"."sites" s WHERE s."id" = r."site_id";--> statement-breakpoint
ALTER TABLE "site"."reports" ALTER COLUMN "account_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "site"."reports" ALTER COLUMN "site_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "campaign_ids" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "site"."reports" SET "campaign_ids" = array["campaign_id"] WHERE "campaign_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "schedule_id" integer;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "period" text;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "recompute_of" integer;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "data_version" text;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "model_bytes" integer;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "xlsx_key" text;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "xlsx_bytes" integer;--> statement-breakpoint
ALTER TABLE "site"."reports" ADD COLUMN "expired_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."reports" DROP CONSTRAINT "reports_status_check";--> statement-breakpoint
ALTER TABLE "site"."reports" ADD CONSTRAINT "reports_status_check" CHECK ("site"."reports"."status" in ('pending', 'ready', 'failed', 'skipped'));--> statement-breakpoint
ALTER TABLE "site"."reports" ADD CONSTRAINT "reports_schedule_check" CHECK (("site"."reports"."schedule_id" is null) = ("site"."reports"."period" is null));--> statement-breakpoint
ALTER TABLE "site"."reports" ADD CONSTRAINT "reports_schedule_period_key" UNIQUE("schedule_id","period");--> statement-breakpoint
CREATE INDEX "reports_account_idx" ON "site"."reports" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "reports_pending_idx" ON "site"."reports" USING btree ("created_at") WHERE "site"."reports"."status" = 'pending';--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "account_id" integer;--> statement-breakpoint
UPDATE "site"."report_deliveries" d SET "account_id" = r."account_id" FROM "site"."reports" r WHERE r."id" = d."report_id";--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ALTER COLUMN "account_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" DROP COLUMN "site_id";--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "failure_kind" text;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "next_attempt_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "bounced_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "complained_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "bounce" text;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" DROP CONSTRAINT "report_deliveries_status_check";--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD CONSTRAINT "report_deliveries_status_check" CHECK ("site"."report_deliveries"."status" in ('pending', 'built', 'sent', 'failed', 'unknown'));--> statement-breakpoint
DROP INDEX "site"."report_deliveries_status_idx";--> statement-breakpoint
CREATE INDEX "report_deliveries_waiting_idx" ON "site"."report_deliveries" USING btree ("created_at") WHERE "site"."report_deliveries"."status" in ('pending', 'built');--> statement-breakpoint
CREATE INDEX "report_deliveries_account_idx" ON "site"."report_deliveries" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "report_deliveries_provider_idx" ON "site"."report_deliveries" USING btree ("provider_id") WHERE "site"."report_deliveries"."provider_id" is not null;--> statement-breakpoint
CREATE TABLE "site"."report_attempts" (
	"delivery_id" integer NOT NULL,
	"attempt" smallint NOT NULL,
	"began_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"reason" text,
	CONSTRAINT "report_attempts_pkey" PRIMARY KEY("delivery_id","attempt")
);
--> statement-breakpoint
ALTER TABLE "site"."report_attempts" ADD CONSTRAINT "report_attempts_delivery_id_report_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "site"."report_deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE TABLE "site"."report_shares" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."report_shares_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"password_hash" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"views" integer DEFAULT 0 NOT NULL,
	"last_viewed_at" timestamp (3) with time zone,
	"created_by" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_shares_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "report_shares_token_hash_key" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "site"."report_shares" ADD CONSTRAINT "report_shares_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "site"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_shares_report_idx" ON "site"."report_shares" USING btree ("report_id");--> statement-breakpoint
CREATE TABLE "control"."mail_addresses" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."mail_addresses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"account_id" integer NOT NULL,
	"address" text NOT NULL,
	"confirm_hash" text,
	"confirm_sent_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"unsubscribed_at" timestamp (3) with time zone,
	"suppressed_at" timestamp (3) with time zone,
	"suppression" text,
	"suppression_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_addresses_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "mail_addresses_address_key" UNIQUE("account_id","address"),
	CONSTRAINT "mail_addresses_confirm_hash_key" UNIQUE("confirm_hash"),
	CONSTRAINT "mail_addresses_suppression_check" CHECK ("control"."mail_addresses"."suppression" in ('bounce', 'complaint'))
);
--> statement-breakpoint
ALTER TABLE "control"."mail_addresses" ADD CONSTRAINT "mail_addresses_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE TABLE "control"."report_settings" (
	"account_id" integer PRIMARY KEY NOT NULL,
	"logo_key" text,
	"accent" text,
	"footer" text,
	"language" text NOT NULL,
	"locale" text NOT NULL,
	"retention_days" integer,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_settings_accent_check" CHECK ("control"."report_settings"."accent" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
ALTER TABLE "control"."report_settings" ADD CONSTRAINT "report_settings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;
