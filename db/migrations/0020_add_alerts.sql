-- Alerts of customers and operators: rules that somebody changed, where messages go, what is and was wrong, and each message.
CREATE TABLE "control"."alert_channels" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."alert_channels_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"account_id" integer,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"target" text NOT NULL,
	"secret" text,
	"previous_secret" text,
	"previous_secret_until" timestamp (3) with time zone,
	"quiet_from" smallint,
	"quiet_to" smallint,
	"quiet_zone" text,
	"user_id" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "alert_channels_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "alert_channels_kind_check" CHECK ("control"."alert_channels"."kind" in ('mail', 'slack', 'webhook')),
	CONSTRAINT "alert_channels_secret_check" CHECK (("control"."alert_channels"."kind" = 'webhook') = ("control"."alert_channels"."secret" is not null)),
	CONSTRAINT "alert_channels_quiet_check" CHECK (num_nulls("control"."alert_channels"."quiet_from", "control"."alert_channels"."quiet_to", "control"."alert_channels"."quiet_zone") in (0, 3) and "control"."alert_channels"."quiet_from" between 0 and 1439 and "control"."alert_channels"."quiet_to" between 0 and 1439)
);
--> statement-breakpoint
CREATE TABLE "control"."alert_deliveries" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."alert_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"alert_id" integer,
	"channel_id" integer NOT NULL,
	"notice" text NOT NULL,
	"message" jsonb NOT NULL,
	"status" text NOT NULL,
	"is_held" boolean NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"doubt" text,
	"failure" text,
	"provider_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"first_attempt_at" timestamp (3) with time zone,
	"next_attempt_at" timestamp (3) with time zone,
	"turn_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "alert_deliveries_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "alert_deliveries_notice_key" UNIQUE NULLS NOT DISTINCT("alert_id","channel_id","notice"),
	CONSTRAINT "alert_deliveries_status_check" CHECK ("control"."alert_deliveries"."status" in ('waiting', 'sent', 'failed', 'unknown', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "control"."alert_rules" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."alert_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer,
	"site_id" integer,
	"kind" text NOT NULL,
	"is_enabled" boolean NOT NULL,
	"parameters" jsonb NOT NULL,
	"channel_ids" integer[],
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alert_rules_place_key" UNIQUE NULLS NOT DISTINCT("account_id","site_id","kind")
);
--> statement-breakpoint
CREATE TABLE "control"."alerts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"account_id" integer,
	"site_id" integer,
	"site_public_id" text,
	"site_name" text,
	"database" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"status" text NOT NULL,
	"resolution" text,
	"cause" jsonb NOT NULL,
	"bad_since" timestamp (3) with time zone NOT NULL,
	"good_since" timestamp (3) with time zone,
	"fired_at" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone,
	"measured_at" timestamp (3) with time zone NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL,
	"missing" text,
	"reminders" integer DEFAULT 0 NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" integer,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "alerts_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "alerts_status_check" CHECK ("control"."alerts"."status" in ('pending', 'firing', 'resolved'))
);
--> statement-breakpoint
ALTER TABLE "control"."alert_channels" ADD CONSTRAINT "alert_channels_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_channels" ADD CONSTRAINT "alert_channels_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_deliveries" ADD CONSTRAINT "alert_deliveries_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "control"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_deliveries" ADD CONSTRAINT "alert_deliveries_channel_id_alert_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "control"."alert_channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alert_rules" ADD CONSTRAINT "alert_rules_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."alerts" ADD CONSTRAINT "alerts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_channels_user_key" ON "control"."alert_channels" USING btree ("account_id","user_id") WHERE "control"."alert_channels"."user_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_channels_operator_key" ON "control"."alert_channels" USING btree ("user_id") WHERE "control"."alert_channels"."account_id" is null and "control"."alert_channels"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "alert_channels_account_idx" ON "control"."alert_channels" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "alert_deliveries_channel_idx" ON "control"."alert_deliveries" USING btree ("channel_id","id");--> statement-breakpoint
CREATE INDEX "alert_deliveries_due_idx" ON "control"."alert_deliveries" USING btree ("next_attempt_at") WHERE "control"."alert_deliveries"."status" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open_key" ON "control"."alerts" USING btree ("key") WHERE "control"."alerts"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "alerts_account_idx" ON "control"."alerts" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "alerts_resolved_idx" ON "control"."alerts" USING btree ("resolved_at") WHERE "control"."alerts"."status" = 'resolved';--> statement-breakpoint
CREATE INDEX "report_deliveries_failed_idx" ON "site"."report_deliveries" USING btree ("created_at") WHERE "site"."report_deliveries"."status" in ('failed', 'unknown');--> statement-breakpoint
CREATE INDEX "reports_failed_idx" ON "site"."reports" USING btree ("created_at") WHERE "site"."reports"."status" = 'failed';