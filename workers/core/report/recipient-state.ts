/** Why an address gets an account's reports, or why not. `waiting`: it lies outside the account and has not agreed yet. */
export const RECIPIENT_STATES = [
  "member",
  "confirmed",
  "waiting",
  "unsubscribed",
  "bounced",
  "complained",
] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

export type RecipientFacts = {
  isMember: boolean;
  isConfirmed: boolean;
  hasUnsubscribed: boolean;
  suppression: "bounce" | "complaint" | null;
};

/** What stops a mail weighs more than what allows it: a member whose mailbox is gone gets nothing either. */
export function recipientState(facts: RecipientFacts): RecipientState {
  if (facts.suppression === "complaint") return "complained";
  if (facts.suppression === "bounce") return "bounced";
  if (facts.hasUnsubscribed) return "unsubscribed";
  if (facts.isMember) return "member";
  return facts.isConfirmed ? "confirmed" : "waiting";
}
