/** What credit is summed by; `creative` is utm_content, `source` the utm_source or what stands for it. */
export const GROUPINGS = ["campaign", "channel", "source", "creative", "landing_page"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** By whether the person had converted before, on any day and with any type. */
export const CUSTOMER_KINDS = ["new", "returning"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];
