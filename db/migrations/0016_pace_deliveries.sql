-- Mails wait for their turn at the provider's pace and can be sent anew by a person; addresses know what they were
-- asked and carry the token of the link by which they end it.
ALTER TABLE "site"."report_deliveries" ADD COLUMN "turn_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD COLUMN "earlier_attempts" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "report_deliveries_due_idx" ON "site"."report_deliveries" USING btree ("next_attempt_at") WHERE "site"."report_deliveries"."status" = 'built';--> statement-breakpoint
ALTER TABLE "control"."mail_addresses" ADD COLUMN "unsubscribe_token" text NOT NULL;--> statement-breakpoint
ALTER TABLE "control"."mail_addresses" ADD COLUMN "asked_by" text;--> statement-breakpoint
ALTER TABLE "control"."mail_addresses" ADD COLUMN "asked_for" text;--> statement-breakpoint
ALTER TABLE "control"."mail_addresses" ADD COLUMN "asks" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "control"."mail_addresses" ADD CONSTRAINT "mail_addresses_unsubscribe_token_key" UNIQUE("unsubscribe_token");--> statement-breakpoint
CREATE TABLE "control"."mail_pace" (
	"provider" text PRIMARY KEY NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL
);
