/** The events of docs/wire, as a sender writes them. */
export const ID = "0197f3c2-8e1a-7000-8000-000000000001";
export const AT = 1_789_999_999_000;
export const PAGE = "https://shop.example/?utm_source=pod&utm_campaign=spring";

export const SAMPLES = {
  pageview: {
    id: ID,
    at: AT,
    type: "pageview",
    url: PAGE,
    referrer: "https://blog.example/post",
    title: "Spring",
  },
  click: { id: ID, at: 0, type: "click", url: PAGE, link: "https://partner.example/x", text: "Buy" },
  impression: { id: ID, at: 0, type: "impression", url: PAGE, campaign: "cmp_1" },
  conversion: {
    id: ID,
    at: 0,
    type: "conversion",
    url: PAGE,
    conversion: {
      type: "purchase",
      value: "49.90",
      currency: "EUR",
      orderId: "A-1009",
      promoCode: "SPRING",
      test: false,
    },
    props: { plan: "pro" },
  },
  custom: { id: ID, at: 0, type: "custom", name: "video_played", url: PAGE, props: { seconds: 30 } },
  identify: { id: ID, at: 0, type: "identify", customer: "c-77" },
  consent: { id: ID, at: 0, type: "consent", state: "granted" },
} as const;

export const REFUND = {
  id: ID,
  at: 0,
  type: "refund",
  refund: { orderId: "A-1009", value: "10.00" },
} as const;

/** A conversion with these fields. */
export function conversion(fields: Record<string, unknown>): unknown {
  return { id: ID, at: AT, type: "conversion", conversion: fields };
}
