import type { Exclusion } from "#contract/glass-box.ts";

/** Why a touch earns nothing: a word for the list, a sentence for who asks. */
export function exclusionWords(exclusion: Exclusion): { short: string; sentence: string } {
  switch (exclusion) {
    case "after_conversion":
      return {
        short: "after the conversion",
        sentence: "It came after the conversion, so it cannot have led to it.",
      };
    case "outside_lookback":
      return { short: "too long before", sentence: "It lies further back than the lookback window." };
    case "before_reset":
      return {
        short: "before the last conversion",
        sentence: "It belongs to an earlier conversion: the journey starts anew.",
      };
    case "unclaimed_code":
      return {
        short: "code of no campaign",
        sentence:
          "The promo code belongs to no campaign, so it says nothing about where the visitor came from.",
      };
    case "direct_excluded":
      return { short: "direct", sentence: "Direct visits count only where there is nothing else." };
  }
}
