import { boolean, char, index, integer, numeric, primaryKey, text, uuid } from "drizzle-orm/pg-core";

import { instant, minorUnits } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * A refund names an order or a conversion; one that does not exist yet waits (decisions 18). Once the conversion it
 * names is known to be a copy of an order, it stands with the order.
 */
export const refunds = site.table(
  "refunds",
  {
    siteId: integer("site_id").notNull(),
    refundId: uuid("refund_id").notNull(),
    at: instant("at").notNull(),
    orderId: text("order_id"),
    conversionId: uuid("conversion_id"),
    /** Null: in full. */
    valueMinor: minorUnits("value_minor"),
    /** As it names, else the site's when it came: what the value is in while no order is known that it can be taken from. */
    currency: char("currency", { length: 3 }),
    /** Null of refunds that were stored before this was kept: one in the site's currency may have come without any. */
    namesCurrency: boolean("names_currency"),
    /** Without a currency of its own: the value as told, in major units of its order's. Null: `valueMinor` says all there is. */
    valueMajor: numeric("value_major"),
  },
  (t) => [
    primaryKey({ name: "refunds_pkey", columns: [t.siteId, t.refundId] }),
    index("refunds_at_idx").on(t.siteId, t.at),
    index("refunds_order_idx").on(t.siteId, t.orderId),
    index("refunds_conversion_idx").on(t.siteId, t.conversionId),
  ],
);
