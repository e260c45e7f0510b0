/** What a mail provider tells after it took a mail, in the same words for all providers. */
export type MailEvent = {
  /** What the provider calls the mail. */
  providerId: string | null;
  /** Our own id that went along with the mail: a delivery's or an address's. */
  reference: string | null;
  kind: MailEventKind;
  /** The provider's words. */
  reason: string | null;
  at: Date;
};

/**
 * `accepted`: it was sent or delivered. `bounced`: the mailbox refused it for good. `delayed`: it is not there yet, or was
 * refused for now. `complained`: its reader called it spam.
 */
export type MailEventKind = "accepted" | "bounced" | "delayed" | "complained";
