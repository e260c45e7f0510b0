-- A link is the identify event's: its time can be corrected, and it goes when the event is erased.
ALTER TABLE "site"."identity_links" ADD COLUMN "event_id" uuid NOT NULL DEFAULT gen_random_uuid();
--> statement-breakpoint
ALTER TABLE "site"."identity_links" ALTER COLUMN "event_id" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "site"."identity_links" DROP CONSTRAINT "identity_links_pkey";
--> statement-breakpoint
ALTER TABLE "site"."identity_links" ADD CONSTRAINT "identity_links_pkey" PRIMARY KEY("site_id","event_id");
--> statement-breakpoint
DROP INDEX "site"."identity_links_person_idx";
--> statement-breakpoint
CREATE INDEX "identity_links_person_idx" ON "site"."identity_links" USING btree ("site_id","person_id","visitor_id");
--> statement-breakpoint
CREATE INDEX "identity_links_visitor_idx" ON "site"."identity_links" USING btree ("site_id","visitor_id","since");
--> statement-breakpoint
CREATE TABLE "site"."visitor_aliases" (
	"site_id" integer NOT NULL,
	"visitor_id" uuid NOT NULL,
	"previous_visitor_id" uuid NOT NULL,
	"running_from" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "visitor_aliases_pkey" PRIMARY KEY("site_id","visitor_id")
);
--> statement-breakpoint
CREATE INDEX "visitor_aliases_previous_idx" ON "site"."visitor_aliases" USING btree ("site_id","previous_visitor_id");
--> statement-breakpoint
CREATE INDEX "visitor_aliases_seen_idx" ON "site"."visitor_aliases" USING btree ("seen_at") WHERE "site"."visitor_aliases"."running_from" is null;
--> statement-breakpoint
CREATE TABLE "site"."erasures" (
	"site_id" integer NOT NULL,
	"visitor_id" uuid NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"erased_until" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "erasures_pkey" PRIMARY KEY("site_id","visitor_id")
);
--> statement-breakpoint
CREATE INDEX "erasures_waiting_idx" ON "site"."erasures" USING btree ("requested_at") WHERE "site"."erasures"."finished_at" is null;
--> statement-breakpoint
CREATE TABLE "site"."erased_events" (
	"site_id" integer NOT NULL,
	"event_id" uuid NOT NULL,
	CONSTRAINT "erased_events_pkey" PRIMARY KEY("site_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "site"."erased_hours" (
	"site_id" integer NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"events" integer NOT NULL,
	CONSTRAINT "erased_hours_pkey" PRIMARY KEY("site_id","hour")
);
