/** A figure against its comparison, in words. */
export type Change = {
  direction: "up" | "down" | "same";
  /** "12%". */
  size: string;
  /** More spend is neither good nor bad. */
  judgement: "good" | "bad" | "neutral";
  /** "previous 30 days". */
  than: string;
};
