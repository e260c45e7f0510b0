CREATE TABLE "site"."rates" (
	"account_id" integer DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"day" date NOT NULL,
	"rate" numeric NOT NULL,
	"source" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rates_pkey" PRIMARY KEY("account_id","currency","day"),
	CONSTRAINT "rates_rate_check" CHECK ("site"."rates"."rate" > 0)
);
--> statement-breakpoint
CREATE TABLE "site"."rate_versions" (
	"account_id" integer NOT NULL,
	"month" date NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "rate_versions_pkey" PRIMARY KEY("account_id","month")
);
--> statement-breakpoint
CREATE TABLE "site"."deals" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."deals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"campaign_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"kind" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"amount_minor" bigint,
	"share_percent" double precision,
	"currency" text NOT NULL,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deals_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "deals_kind_check" CHECK ("site"."deals"."kind" in ('fixed', 'cpm', 'cpc', 'cpa', 'revenue_share')),
	CONSTRAINT "deals_flight_check" CHECK ("site"."deals"."ends_on" >= "site"."deals"."starts_on"),
	CONSTRAINT "deals_fixed_check" CHECK ("site"."deals"."kind" <> 'fixed' or "site"."deals"."ends_on" is not null),
	CONSTRAINT "deals_amount_check" CHECK (("site"."deals"."kind" = 'revenue_share') = ("site"."deals"."amount_minor" is null)
      and "site"."deals"."amount_minor" between 0 and 9007199254740991),
	CONSTRAINT "deals_share_check" CHECK (("site"."deals"."kind" = 'revenue_share') = ("site"."deals"."share_percent" is not null)
      and "site"."deals"."share_percent" > 0 and "site"."deals"."share_percent" <= 100)
);
--> statement-breakpoint
ALTER TABLE "site"."deals" ADD CONSTRAINT "deals_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "site"."campaigns"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "deals_site_idx" ON "site"."deals" USING btree ("site_id","campaign_id");
--> statement-breakpoint
CREATE INDEX "spend_day_idx" ON "site"."spend" USING btree ("site_id","day");
--> statement-breakpoint
ALTER TABLE "site"."sites" ADD COLUMN "margin_percent" double precision;
--> statement-breakpoint
ALTER TABLE "site"."sites" ADD CONSTRAINT "sites_margin_check" CHECK ("site"."sites"."margin_percent" > 0 and "site"."sites"."margin_percent" <= 100);
--> statement-breakpoint
ALTER TABLE "site"."campaigns" ADD COLUMN "margin_percent" double precision;
--> statement-breakpoint
ALTER TABLE "site"."campaigns" ADD CONSTRAINT "campaigns_margin_check" CHECK ("site"."campaigns"."margin_percent" > 0 and "site"."campaigns"."margin_percent" <= 100);
