-- Partitions of events by the time inside their UUIDv7 key, made ahead by a cron (decisions 1).

CREATE FUNCTION site.uuid7_floor(moment timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;
--> statement-breakpoint

CREATE FUNCTION site.uuid7_time(id uuid) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_timestamp(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)::timestamptz(3)
$$;
--> statement-breakpoint

-- The month's partition is built beside and attached, so that the parent is never locked for long.
CREATE FUNCTION site.ensure_event_partitions(moment timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  month_start timestamptz;
  child text;
  made integer := 0;
BEGIN
  FOREACH parent IN ARRAY ARRAY['events', 'bot_events'] LOOP
    FOR month_start IN
      SELECT m AT TIME ZONE 'UTC'
      FROM generate_series(
        date_trunc('month', moment AT TIME ZONE 'UTC') - interval '14 months',
        date_trunc('month', (moment + interval '8 weeks') AT TIME ZONE 'UTC'),
        interval '1 month') AS m
    LOOP
      child := format('%s_%s', parent, to_char(month_start AT TIME ZONE 'UTC', 'YYYY_MM'));
      IF to_regclass(format('site.%I', child)) IS NULL THEN
        EXECUTE format('CREATE TABLE site.%I (LIKE site.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
        EXECUTE format(
          'ALTER TABLE site.%I ATTACH PARTITION site.%I FOR VALUES FROM (%L) TO (%L)',
          parent, child,
          site.uuid7_floor(month_start),
          site.uuid7_floor((month_start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END
$$;
--> statement-breakpoint

SELECT site.ensure_event_partitions(now());
