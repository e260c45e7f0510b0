-- The source without its promo code: sessions are told apart by it. Sources that are known learn of theirs when they are told again.
ALTER TABLE "site"."sources" ADD COLUMN IF NOT EXISTS "plain_id" integer;
