-- What the Workers measure of themselves: requests by minute and by hour with a histogram of their latency (buckets of
-- core/operations/latency-histogram), counters, errors by kind, and the runs of the crons.
CREATE TABLE "control"."request_minutes" (
	"minute" timestamp (3) with time zone NOT NULL,
	"worker" text NOT NULL,
	"route" text NOT NULL,
	"method" text NOT NULL,
	"status" smallint NOT NULL,
	"code" text NOT NULL,
	"requests" integer NOT NULL,
	"buckets" integer[] NOT NULL,
	"counts" integer[] NOT NULL,
	CONSTRAINT "request_minutes_pkey" PRIMARY KEY("minute","worker","route","method","status","code")
);
--> statement-breakpoint
CREATE TABLE "control"."request_hours" (
	"hour" timestamp (3) with time zone NOT NULL,
	"worker" text NOT NULL,
	"route" text NOT NULL,
	"method" text NOT NULL,
	"status" smallint NOT NULL,
	"code" text NOT NULL,
	"requests" integer NOT NULL,
	"buckets" integer[] NOT NULL,
	"counts" integer[] NOT NULL,
	CONSTRAINT "request_hours_pkey" PRIMARY KEY("hour","worker","route","method","status","code")
);
--> statement-breakpoint
CREATE TABLE "control"."counter_minutes" (
	"minute" timestamp (3) with time zone NOT NULL,
	"worker" text NOT NULL,
	"name" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "counter_minutes_pkey" PRIMARY KEY("minute","worker","name")
);
--> statement-breakpoint
CREATE TABLE "control"."meter_reports" (
	"report_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control"."error_groups" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"worker" text NOT NULL,
	"event" text NOT NULL,
	"name" text NOT NULL,
	"message" text NOT NULL,
	"sample_request_id" text,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "error_groups_last_seen_idx" ON "control"."error_groups" USING btree ("last_seen_at");--> statement-breakpoint
CREATE TABLE "control"."cron_runs" (
	"task" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone NOT NULL,
	"is_ok" boolean NOT NULL,
	"error" text,
	CONSTRAINT "cron_runs_pkey" PRIMARY KEY("task","started_at")
);
--> statement-breakpoint
CREATE INDEX "cron_runs_started_idx" ON "control"."cron_runs" USING btree ("started_at");--> statement-breakpoint
-- Two histograms in one: each is an array of buckets in order and one of their counts.
CREATE FUNCTION "control"."merge_buckets"(buckets_a integer[], counts_a integer[], buckets_b integer[], counts_b integer[], OUT buckets integer[], OUT counts integer[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT array_agg(m.bucket ORDER BY m.bucket), array_agg(m.n ORDER BY m.bucket)
  FROM (
    SELECT u.bucket, sum(u.n)::integer AS n
    FROM (
      SELECT a.bucket, a.n FROM unnest(buckets_a, counts_a) AS a(bucket, n)
      UNION ALL
      SELECT b.bucket, b.n FROM unnest(buckets_b, counts_b) AS b(bucket, n)
    ) AS u
    GROUP BY u.bucket
  ) AS m;
END;
