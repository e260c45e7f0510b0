-- For the next file alone, which takes it away again: beside running Workers a big table is not read whole under a lock.
CREATE INDEX "conversions_test_idx" ON "site"."conversions" USING btree ("site_id") WHERE "site"."conversions"."is_test";
