-- Retention: raw facts go after so many months by the time inside their id; what was summed from them stays. Before
-- they go the site is sealed: nothing changes behind the seal any more (decisions 5).

CREATE TABLE "site"."retention" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"months" integer DEFAULT 25 NOT NULL,
	"sealed_month" timestamp (3) with time zone,
	"sealed_at" timestamp (3) with time zone,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "retention_only_check" CHECK ("site"."retention"."only"),
	CONSTRAINT "retention_months_check" CHECK ("site"."retention"."months" between 14 and 1200)
);
--> statement-breakpoint
INSERT INTO "site"."retention" DEFAULT VALUES;
--> statement-breakpoint
ALTER TABLE "site"."sites" ADD COLUMN "sealed_before" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."sites" ADD COLUMN "raw_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "site"."sites" ADD COLUMN "journeys_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE TABLE "site"."expired_events" (
	"site_id" integer NOT NULL,
	"month" date NOT NULL,
	"events" bigint NOT NULL,
	CONSTRAINT "expired_events_pkey" PRIMARY KEY("site_id","month")
);
--> statement-breakpoint
CREATE TABLE "site"."ledger_hours" (
	"site_id" integer NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"received" integer NOT NULL,
	"stored" integer NOT NULL,
	"duplicate" integer NOT NULL,
	"bot" integer NOT NULL,
	"rejected" integer NOT NULL,
	"rejected_by" jsonb,
	"dead_lettered" integer NOT NULL,
	CONSTRAINT "ledger_hours_pkey" PRIMARY KEY("site_id","hour")
);
--> statement-breakpoint
CREATE TABLE "site"."zone_rebuilds" (
	"site_id" integer PRIMARY KEY NOT NULL,
	"before" timestamp (3) with time zone NOT NULL,
	"floor" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint

-- What became of accepted events: single receipts, and for older hours their sum. A receipt is in one of the two.
CREATE VIEW site.ledger_entries AS
SELECT site_id, hour, received, stored, duplicate, bot, rejected, rejected_by, dead_lettered FROM site.receipts
UNION ALL
SELECT site_id, hour, received, stored, duplicate, bot, rejected, rejected_by, dead_lettered FROM site.ledger_hours;
--> statement-breakpoint

-- Whether an hour of the zone begins at this instant. Asked of moments within it too: where a clock shifts by half an hour
-- the beginning of an hour may belong, by the clock, to another one.
CREATE FUNCTION site.begins_hour(bucket timestamptz, zone text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bucket = date_trunc('hour', bucket, zone) OR bucket = date_trunc('hour', bucket + interval '30 minutes', zone)
    OR bucket = date_trunc('hour', bucket + interval '59 minutes', zone)
$$;
--> statement-breakpoint

-- Counts by code, added up; null is none.
CREATE FUNCTION site.add_counts(a jsonb, b jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_object_agg(code, n) FROM (
    SELECT code, sum(n::bigint) AS n
    FROM (SELECT * FROM jsonb_each_text(coalesce(a, '{}')) UNION ALL SELECT * FROM jsonb_each_text(coalesce(b, '{}'))) AS c (code, n)
    GROUP BY code) AS added
$$;
--> statement-breakpoint

-- Ends a month of events that has been detached: counts what expires, keeps what occurred after the seal (a device
-- whose clock was wrong gives its events the ids of another month) in a small partition of the same range, and drops
-- the rest. One transaction; harmless twice. Answers how many events went.
CREATE FUNCTION site.expire_detached_events(child text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  old text := child || '_old';
  month_start date := to_date(right(child, 7), 'YYYY_MM');
  gone bigint;
  kept bigint;
BEGIN
  IF child !~ '^events_\d{4}_\d{2}$' THEN RAISE EXCEPTION '% is no month of events', child; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('expire', 0));
  IF to_regclass(format('site.%I', child)) IS NULL
    OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(format('site.%I', child))) THEN
    RETURN 0;
  END IF;
  EXECUTE format('ALTER TABLE site.%I RENAME TO %I', child, old);
  EXECUTE format($q$
    WITH expired AS (
      SELECT e.site_id, count(*) AS n
      FROM site.%I e LEFT JOIN site.sites t ON t.id = e.site_id
      WHERE t.id IS NULL OR e.occurred_at < t.raw_since
      GROUP BY e.site_id
    ), counted AS (
      INSERT INTO site.expired_events AS x (site_id, month, events)
      SELECT site_id, %L, n FROM expired
      ON CONFLICT (site_id, month) DO UPDATE SET events = x.events + excluded.events
    )
    SELECT coalesce(sum(n), 0) FROM expired$q$, old, month_start) INTO gone;
  EXECUTE format('CREATE TABLE site.%I (LIKE site.events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child);
  EXECUTE format($q$
    INSERT INTO site.%I SELECT e.* FROM site.%I e JOIN site.sites t ON t.id = e.site_id
    WHERE t.raw_since IS NULL OR e.occurred_at >= t.raw_since$q$, child, old);
  GET DIAGNOSTICS kept = ROW_COUNT;
  IF kept = 0 THEN
    EXECUTE format('DROP TABLE site.%I', child);
  ELSE
    EXECUTE format(
      'ALTER TABLE site.events ATTACH PARTITION site.%I FOR VALUES FROM (%L) TO (%L)', child,
      site.uuid7_floor(month_start::timestamp AT TIME ZONE 'UTC'),
      site.uuid7_floor((month_start + interval '1 month') AT TIME ZONE 'UTC'));
    -- While the month was detached an hour may have been rolled up without them.
    EXECUTE format($q$
      INSERT INTO site.stale_hours (site_id, bucket, version, marked_at)
      SELECT DISTINCT e.site_id, date_trunc('hour', e.occurred_at, t.time_zone), pg_current_xact_id()::text::bigint, now()
      FROM site.%I e JOIN site.sites t ON t.id = e.site_id
      ORDER BY 1, 2
      ON CONFLICT (site_id, bucket) DO UPDATE SET version = excluded.version$q$, child);
  END IF;
  EXECUTE format('DROP TABLE site.%I', old);
  RETURN gone;
END
$$;
--> statement-breakpoint

-- Empties months of bots that lie wholly before the moment; drops those that no accepted id can fall into any more. A
-- table that is busy is left to the next run: nobody waits longer than two seconds for it.
CREATE FUNCTION site.expire_bot_months(before timestamptz) RETURNS integer
LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  child text;
  month_start date;
  ended integer := 0;
BEGIN
  FOR child IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'site.bot_events'::regclass AND NOT i.inhdetachpending ORDER BY c.relname
  LOOP
    month_start := to_date(right(child, 7), 'YYYY_MM');
    CONTINUE WHEN (month_start + interval '1 month') AT TIME ZONE 'UTC' > before;
    IF month_start < date_trunc('month', before AT TIME ZONE 'UTC') - interval '15 months' THEN
      EXECUTE format('DROP TABLE site.%I', child);
      ended := ended + 1;
    ELSIF pg_relation_size(format('site.%I', child)::regclass) > 0 THEN
      EXECUTE format('TRUNCATE site.%I', child);
      ended := ended + 1;
    END IF;
  END LOOP;
  RETURN ended;
EXCEPTION WHEN lock_not_available THEN
  RETURN -1;
END
$$;
--> statement-breakpoint

-- Lets the ids that this database hands out begin no lower: databases that never share an id can hand a site over whole.
CREATE FUNCTION site.start_ids_at(first bigint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  sequence text;
  reached bigint;
  moved integer := 0;
BEGIN
  FOR sequence IN SELECT format('site.%I', sequencename) FROM pg_sequences WHERE schemaname = 'site' LOOP
    EXECUTE format('SELECT last_value FROM %s', sequence) INTO reached;
    CONTINUE WHEN reached >= first;
    PERFORM setval(sequence::regclass, first, false);
    moved := moved + 1;
  END LOOP;
  RETURN moved;
END
$$;
