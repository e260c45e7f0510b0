ALTER TABLE "site"."stale_periods" DROP CONSTRAINT "stale_periods_span_check";--> statement-breakpoint
ALTER TABLE "site"."stale_periods" ADD CONSTRAINT "stale_periods_span_check" CHECK ("site"."stale_periods"."span" in ('day', 'week', 'month', 'links'));
