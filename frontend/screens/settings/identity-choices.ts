import type { Choice } from "#frontend/parts/field.tsx";

/** The two modes, each with what it costs in attribution reach. */
export const IDENTITY_CHOICES: readonly Choice[] = [
  {
    value: "first-party",
    title: "First party",
    help: "A random id in the browser's storage. Journeys reach back as far as your lookback window, up to 90 days. Many places ask for consent.",
  },
  {
    value: "cookieless",
    title: "Cookieless",
    help: "Nothing is kept on the device. A visitor is recognised until the UTC day ends, so a journey never spans two days: a campaign seen on Monday earns nothing for an order on Tuesday.",
  },
];
