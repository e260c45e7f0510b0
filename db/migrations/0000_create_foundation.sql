CREATE SCHEMA "control";
--> statement-breakpoint
CREATE SCHEMA "site";
--> statement-breakpoint
CREATE TABLE "control"."accounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"name" text NOT NULL,
	"database" text DEFAULT 'main' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "accounts_public_id_key" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "control"."api_keys" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."api_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"account_id" integer NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_public_id_key" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "control"."audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"user_id" integer,
	"api_key_id" integer,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "control"."idempotency_keys" (
	"account_id" integer NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "control"."link_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"site_id" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."mail_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" integer NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "mail_tokens_purpose_check" CHECK ("control"."mail_tokens"."purpose" in ('confirm', 'reset'))
);
--> statement-breakpoint
CREATE TABLE "control"."members" (
	"account_id" integer NOT NULL,
	"user_id" integer NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "members_pkey" PRIMARY KEY("account_id","user_id"),
	CONSTRAINT "members_role_check" CHECK ("control"."members"."role" in ('owner', 'admin', 'marketer', 'viewer', 'client'))
);
--> statement-breakpoint
CREATE TABLE "control"."site_directory" (
	"site_id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."site_directory_site_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"site_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "site_directory_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "site_directory_site_key_key" UNIQUE("site_key")
);
--> statement-breakpoint
CREATE TABLE "control"."user_metrics" (
	"user_id" integer PRIMARY KEY NOT NULL,
	"account_id" integer NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	"first_site_at" timestamp (3) with time zone,
	"first_campaign_at" timestamp (3) with time zone,
	"first_event_at" timestamp (3) with time zone,
	"first_attributed_conversion_at" timestamp (3) with time zone,
	"first_report_delivered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "control"."user_sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."users" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "control"."users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"email_confirmed_at" timestamp (3) with time zone,
	"is_superadmin" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "users_email_key" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "site"."agents" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."agents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"browser" text NOT NULL,
	"os" text NOT NULL,
	"device" text NOT NULL,
	CONSTRAINT "agents_tuple_key" UNIQUE("site_id","browser","os","device")
);
--> statement-breakpoint
CREATE TABLE "site"."bot_events" (
	"site_id" integer NOT NULL,
	"event_id" uuid NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"type" smallint NOT NULL,
	"source_id" integer,
	"page_id" integer,
	"agent_id" integer,
	"country" char(2),
	"reason" text NOT NULL,
	CONSTRAINT "bot_events_pkey" PRIMARY KEY("site_id","event_id")
) PARTITION BY RANGE ("event_id");
--> statement-breakpoint
CREATE TABLE "site"."campaign_matchers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."campaign_matchers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"campaign_id" integer NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "campaign_matchers_value_key" UNIQUE("site_id","kind","value"),
	CONSTRAINT "campaign_matchers_kind_check" CHECK ("site"."campaign_matchers"."kind" in ('utm_campaign', 'utm_pair', 'click_id', 'promo_code', 'referrer'))
);
--> statement-breakpoint
CREATE TABLE "site"."campaigns" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."campaigns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"name" text NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"budget_minor" bigint,
	"currency" text NOT NULL,
	"goal" text,
	"target_cpa_minor" bigint,
	"target_roas" double precision,
	"owner" text,
	"notes" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "campaigns_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "campaigns_status_check" CHECK ("site"."campaigns"."status" in ('draft', 'active', 'paused', 'completed')),
	CONSTRAINT "campaigns_flight_check" CHECK ("site"."campaigns"."ends_on" >= "site"."campaigns"."starts_on"),
	CONSTRAINT "campaigns_budget_check" CHECK ("site"."campaigns"."budget_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "site"."conversions" (
	"site_id" integer NOT NULL,
	"conversion_id" uuid NOT NULL,
	"visitor_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"type" text NOT NULL,
	"value_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"order_id" text,
	"promo_codes" text[] NOT NULL,
	"is_test" boolean NOT NULL,
	"source_id" integer,
	"page_id" integer,
	"agent_id" integer,
	"country" char(2),
	"copies" integer NOT NULL,
	CONSTRAINT "conversions_pkey" PRIMARY KEY("site_id","conversion_id")
);
--> statement-breakpoint
CREATE TABLE "site"."data_versions" (
	"site_id" integer NOT NULL,
	"day" date NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "data_versions_pkey" PRIMARY KEY("site_id","day")
);
--> statement-breakpoint
CREATE TABLE "site"."dead_letters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."dead_letters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"receipt_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"message" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"replayed_at" timestamp (3) with time zone,
	CONSTRAINT "dead_letters_receipt_key" UNIQUE("site_id","receipt_id")
);
--> statement-breakpoint
CREATE TABLE "site"."events" (
	"site_id" integer NOT NULL,
	"event_id" uuid NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"visitor_id" uuid,
	"value_minor" bigint,
	"type" smallint NOT NULL,
	"opens" smallint NOT NULL,
	"flags" smallint NOT NULL,
	"source_id" integer,
	"page_id" integer,
	"agent_id" integer,
	"country" char(2),
	"currency" char(3),
	"name" text,
	"order_id" text,
	"promo_code" text,
	"click_id" uuid,
	"props" jsonb,
	CONSTRAINT "events_pkey" PRIMARY KEY("site_id","event_id")
) PARTITION BY RANGE ("event_id");
--> statement-breakpoint
CREATE TABLE "site"."identity_links" (
	"site_id" integer NOT NULL,
	"visitor_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "identity_links_pkey" PRIMARY KEY("site_id","visitor_id","since","person_id")
);
--> statement-breakpoint
CREATE TABLE "site"."links" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"slug" text NOT NULL,
	"destination" text NOT NULL,
	"campaign_id" integer,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "links_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "links_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "site"."pages" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."pages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"host" text NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "pages_fingerprint_key" UNIQUE("site_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "site"."receipts" (
	"site_id" integer NOT NULL,
	"receipt_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"received" integer NOT NULL,
	"stored" integer NOT NULL,
	"duplicate" integer NOT NULL,
	"bot" integer NOT NULL,
	"rejected" integer NOT NULL,
	"rejected_by" jsonb,
	"dead_lettered" integer NOT NULL,
	CONSTRAINT "receipts_pkey" PRIMARY KEY("site_id","receipt_id")
);
--> statement-breakpoint
CREATE TABLE "site"."refunds" (
	"site_id" integer NOT NULL,
	"refund_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"order_id" text,
	"conversion_id" uuid,
	"value_minor" bigint,
	"currency" char(3),
	CONSTRAINT "refunds_pkey" PRIMARY KEY("site_id","refund_id")
);
--> statement-breakpoint
CREATE TABLE "site"."report_deliveries" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."report_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"recipient" text NOT NULL,
	"status" text NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"provider_id" text,
	"failure" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"first_attempt_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "report_deliveries_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "report_deliveries_recipient_key" UNIQUE("report_id","recipient"),
	CONSTRAINT "report_deliveries_status_check" CHECK ("site"."report_deliveries"."status" in ('pending', 'sent', 'failed', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "site"."report_schedules" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."report_schedules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"campaign_id" integer,
	"public_id" text NOT NULL,
	"cadence" text NOT NULL,
	"hour" smallint NOT NULL,
	"time_zone" text NOT NULL,
	"options" jsonb NOT NULL,
	"next_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_schedules_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "report_schedules_hour_check" CHECK ("site"."report_schedules"."hour" between 0 and 23)
);
--> statement-breakpoint
CREATE TABLE "site"."reports" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"campaign_id" integer,
	"public_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"options" jsonb NOT NULL,
	"status" text NOT NULL,
	"failure" text,
	"model_key" text,
	"pdf_key" text,
	"pdf_bytes" integer,
	"csv_key" text,
	"csv_bytes" integer,
	"replaced_glyphs" text[],
	"created_by" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "reports_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "reports_status_check" CHECK ("site"."reports"."status" in ('pending', 'ready', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "site"."rollup_hours" (
	"site_id" integer NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"scope" text NOT NULL,
	"scope_key" text NOT NULL,
	"dimension" text NOT NULL,
	"value" text NOT NULL,
	"currency" text NOT NULL,
	"impressions" integer NOT NULL,
	"clicks" integer NOT NULL,
	"pageviews" integer NOT NULL,
	"sessions" integer NOT NULL,
	"visitors" integer NOT NULL,
	"conversions" integer NOT NULL,
	"revenue_minor" bigint NOT NULL,
	"refund_minor" bigint NOT NULL,
	CONSTRAINT "rollup_hours_pkey" PRIMARY KEY("site_id","scope","scope_key","dimension","bucket","value","currency"),
	CONSTRAINT "rollup_hours_scope_check" CHECK ("site"."rollup_hours"."scope" in ('site', 'campaign', 'channel'))
);
--> statement-breakpoint
CREATE TABLE "site"."sessions" (
	"site_id" integer NOT NULL,
	"session_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"stretch_started_at" timestamp (3) with time zone NOT NULL,
	"stretch_ended_at" timestamp (3) with time zone NOT NULL,
	"source_id" integer,
	"landing_page_id" integer,
	"agent_id" integer,
	"country" char(2),
	"opens" smallint NOT NULL,
	"pageviews" integer NOT NULL,
	"events" integer NOT NULL,
	CONSTRAINT "sessions_pkey" PRIMARY KEY("site_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "site"."sites" (
	"id" integer PRIMARY KEY NOT NULL,
	"account_id" integer NOT NULL,
	"public_id" text NOT NULL,
	"site_key" text NOT NULL,
	"name" text NOT NULL,
	"domain" text NOT NULL,
	"origins" text[] NOT NULL,
	"own_domains" text[] NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"identity" text NOT NULL,
	"consent_required" boolean NOT NULL,
	"without_consent" text NOT NULL,
	"honour_gpc" boolean NOT NULL,
	"honour_dnt" boolean NOT NULL,
	"identify_key" text NOT NULL,
	"silent" boolean DEFAULT false NOT NULL,
	"matcher_version" integer DEFAULT 1 NOT NULL,
	"spend_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"first_event_at" timestamp (3) with time zone,
	CONSTRAINT "sites_public_id_key" UNIQUE("public_id"),
	CONSTRAINT "sites_site_key_key" UNIQUE("site_key"),
	CONSTRAINT "sites_identity_check" CHECK ("site"."sites"."identity" in ('first-party', 'cookieless')),
	CONSTRAINT "sites_without_consent_check" CHECK ("site"."sites"."without_consent" in ('cookieless', 'drop'))
);
--> statement-breakpoint
CREATE TABLE "site"."sources" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site"."sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"utm_source" text,
	"utm_medium" text,
	"utm_campaign" text,
	"utm_content" text,
	"utm_term" text,
	"click_id_kind" text,
	"referrer_host" text,
	"link_slug" text,
	"promo_code" text,
	"named_campaign" text,
	"named_channel" text,
	"channel" text NOT NULL,
	"campaign_id" integer,
	"matcher_version" integer NOT NULL,
	CONSTRAINT "sources_fingerprint_key" UNIQUE("site_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "site"."spend" (
	"site_id" integer NOT NULL,
	"campaign_id" integer NOT NULL,
	"day" date NOT NULL,
	"source" text DEFAULT 'manual' NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"note" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "spend_pkey" PRIMARY KEY("site_id","campaign_id","day","source"),
	CONSTRAINT "spend_amount_check" CHECK ("site"."spend"."amount_minor" between 0 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "site"."stale_hours" (
	"site_id" integer NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"version" bigint NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stale_hours_pkey" PRIMARY KEY("site_id","bucket")
);
--> statement-breakpoint
CREATE TABLE "site"."touchpoints" (
	"site_id" integer NOT NULL,
	"touchpoint_id" uuid NOT NULL,
	"rank" smallint NOT NULL,
	"visitor_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"source_id" integer NOT NULL,
	"page_id" integer,
	"event_id" uuid NOT NULL,
	"event_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "touchpoints_pkey" PRIMARY KEY("site_id","event_id","rank","source_id")
);
--> statement-breakpoint
CREATE TABLE "site"."visitors" (
	"site_id" integer NOT NULL,
	"visitor_id" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"is_bot_like" boolean DEFAULT false NOT NULL,
	CONSTRAINT "visitors_pkey" PRIMARY KEY("site_id","visitor_id")
);
--> statement-breakpoint
ALTER TABLE "control"."api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."audit_log" ADD CONSTRAINT "audit_log_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."link_slugs" ADD CONSTRAINT "link_slugs_site_id_site_directory_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "control"."site_directory"("site_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."mail_tokens" ADD CONSTRAINT "mail_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."members" ADD CONSTRAINT "members_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."site_directory" ADD CONSTRAINT "site_directory_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "control"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."user_metrics" ADD CONSTRAINT "user_metrics_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "control"."user_sessions" ADD CONSTRAINT "user_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "control"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site"."campaign_matchers" ADD CONSTRAINT "campaign_matchers_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "site"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site"."campaigns" ADD CONSTRAINT "campaigns_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "site"."sites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site"."links" ADD CONSTRAINT "links_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "site"."campaigns"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site"."report_deliveries" ADD CONSTRAINT "report_deliveries_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "site"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site"."spend" ADD CONSTRAINT "spend_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "site"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_account_idx" ON "control"."api_keys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_log_account_idx" ON "control"."audit_log" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "mail_tokens_user_idx" ON "control"."mail_tokens" USING btree ("user_id","purpose");--> statement-breakpoint
CREATE INDEX "members_user_idx" ON "control"."members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "site_directory_account_idx" ON "control"."site_directory" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "user_sessions_user_idx" ON "control"."user_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "user_sessions_expires_idx" ON "control"."user_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "bot_events_occurred_idx" ON "site"."bot_events" USING btree ("site_id","occurred_at");--> statement-breakpoint
CREATE INDEX "campaign_matchers_campaign_idx" ON "site"."campaign_matchers" USING btree ("campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_site_name_key" ON "site"."campaigns" USING btree ("site_id",lower("name")) WHERE "site"."campaigns"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversions_order_key" ON "site"."conversions" USING btree ("site_id","order_id") WHERE "site"."conversions"."order_id" is not null;--> statement-breakpoint
CREATE INDEX "conversions_at_idx" ON "site"."conversions" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "conversions_visitor_idx" ON "site"."conversions" USING btree ("site_id","visitor_id","at");--> statement-breakpoint
CREATE INDEX "events_visitor_idx" ON "site"."events" USING btree ("site_id","visitor_id","occurred_at");--> statement-breakpoint
CREATE INDEX "events_order_idx" ON "site"."events" USING btree ("site_id","order_id");--> statement-breakpoint
CREATE INDEX "events_occurred_idx" ON "site"."events" USING btree ("site_id","occurred_at");--> statement-breakpoint
CREATE INDEX "identity_links_person_idx" ON "site"."identity_links" USING btree ("site_id","person_id");--> statement-breakpoint
CREATE INDEX "links_site_idx" ON "site"."links" USING btree ("site_id","campaign_id");--> statement-breakpoint
CREATE INDEX "receipts_hour_idx" ON "site"."receipts" USING btree ("site_id","hour");--> statement-breakpoint
CREATE INDEX "refunds_at_idx" ON "site"."refunds" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "refunds_order_idx" ON "site"."refunds" USING btree ("site_id","order_id");--> statement-breakpoint
CREATE INDEX "report_deliveries_status_idx" ON "site"."report_deliveries" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "report_schedules_next_idx" ON "site"."report_schedules" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "reports_site_idx" ON "site"."reports" USING btree ("site_id","id");--> statement-breakpoint
CREATE INDEX "reports_campaign_idx" ON "site"."reports" USING btree ("site_id","campaign_id","id");--> statement-breakpoint
CREATE INDEX "rollup_hours_bucket_idx" ON "site"."rollup_hours" USING btree ("site_id","bucket");--> statement-breakpoint
CREATE INDEX "sessions_visitor_idx" ON "site"."sessions" USING btree ("site_id","visitor_id","stretch_started_at");--> statement-breakpoint
CREATE INDEX "sessions_started_idx" ON "site"."sessions" USING btree ("site_id","started_at");--> statement-breakpoint
CREATE INDEX "sites_account_idx" ON "site"."sites" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sources_matcher_version_idx" ON "site"."sources" USING btree ("site_id","matcher_version");--> statement-breakpoint
CREATE INDEX "sources_campaign_idx" ON "site"."sources" USING btree ("site_id","campaign_id");--> statement-breakpoint
CREATE INDEX "stale_hours_marked_idx" ON "site"."stale_hours" USING btree ("marked_at");--> statement-breakpoint
CREATE INDEX "touchpoints_visitor_idx" ON "site"."touchpoints" USING btree ("site_id","visitor_id","at");--> statement-breakpoint
CREATE INDEX "touchpoints_at_idx" ON "site"."touchpoints" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "visitors_last_seen_idx" ON "site"."visitors" USING btree ("site_id","last_seen_at");