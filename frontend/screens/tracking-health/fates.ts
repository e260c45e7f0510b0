import type { Fates } from "./ledger-rows.ts";

export type Fate = Exclude<keyof Fates, "received">;

/** What can become of an event, in the order of the sum, each with a colour that the tokens keep apart from its neighbours. */
export const FATES: readonly { key: Fate; label: string; colour: string; explanation: string }[] = [
  {
    key: "stored",
    label: "Stored",
    colour: "var(--chart-line)",
    explanation: "New events of people: these are what every figure counts.",
  },
  {
    key: "duplicate",
    label: "Duplicate",
    colour: "var(--cat-8)",
    explanation:
      "Sent again and stored before, so counted once. Normal: a browser that cannot be sure of an answer sends once more.",
  },
  {
    key: "bot",
    label: "Bot",
    colour: "var(--cat-2)",
    explanation: "From programs, kept apart with the reason, in no figure.",
  },
  {
    key: "rejected",
    label: "Rejected",
    colour: "var(--cat-6)",
    explanation: "Cannot be used as sent; the reasons are listed below.",
  },
  {
    key: "deadLettered",
    label: "Set aside",
    colour: "var(--cat-4)",
    explanation: "Could not be stored. Kept whole, to be stored once the reason is mended.",
  },
];
