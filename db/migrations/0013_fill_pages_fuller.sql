-- A visitor's bodies mostly come in one batch: room for a few on a page is enough.
ALTER TABLE "site"."visitors" SET (fillfactor = 80);--> statement-breakpoint
-- Receipts come in the order of their ids, so that hardly one has to fit in between.
ALTER INDEX "site"."receipts_pkey" SET (fillfactor = 97);
