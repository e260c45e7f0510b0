-- Requests that collect turned away: outside the ledger, whose left-hand side is what was accepted.
CREATE TABLE "site"."refused_hours" (
	"site_id" integer NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"code" text NOT NULL,
	"requests" integer NOT NULL,
	CONSTRAINT "refused_hours_pkey" PRIMARY KEY("site_id","hour","code")
);
--> statement-breakpoint
CREATE TABLE "site"."refusal_reports" (
	"report_id" uuid PRIMARY KEY NOT NULL
);
