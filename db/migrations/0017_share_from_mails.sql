-- A mail whose files are too large carries a link; tried again, it must be the same mail, and so the same link.
ALTER TABLE "site"."report_deliveries" ADD COLUMN "share_token" text;
