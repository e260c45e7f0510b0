-- When a body was accounted for. Null for the receipts of before: a default on a new column would date them all today.
ALTER TABLE "site"."receipts" ADD COLUMN "stored_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."receipts" ALTER COLUMN "stored_at" SET DEFAULT now();--> statement-breakpoint
ALTER TABLE "site"."dead_letters" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "site"."dead_letters" ADD COLUMN "last_tried_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "dead_letters_waiting_idx" ON "site"."dead_letters" USING btree ("id") WHERE "replayed_at" IS NULL;
