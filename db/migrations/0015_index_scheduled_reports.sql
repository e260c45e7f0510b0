-- The newest report of a schedule, and all of them page by page.
CREATE INDEX "reports_schedule_idx" ON "site"."reports" USING btree ("schedule_id","id") WHERE "site"."reports"."schedule_id" is not null;
