import type { HeadlineWords } from "#rendering/words/headline-words.ts";
import { say, strong } from "#rendering/words/phrases.ts";

export const ENGLISH_HEADLINE: HeadlineWords = {
  campaigns: (names, more) => {
    if (more > 0) return `${names.join(", ")} and ${more} other ${more === 1 ? "campaign" : "campaigns"}`;
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
  },
  visitors: (count, written) => `${written} ${count === 1 ? "visitor" : "visitors"}`,
  conversions: (count, written) => `${written} ${count === 1 ? "conversion" : "conversions"}`,
  noVisitors: ({ text }) => say`${strong(text)} had no visitors in these days.`,
  noConversions: ({ text }, visitors) =>
    say`${strong(text)} brought ${strong(visitors)} and no conversions yet.`,
  earned: ({ text }, { revenue, conversions, visitors, change }) => [
    ...say`${strong(text)} brought ${strong(revenue)} of revenue from ${strong(conversions)} among ${visitors}`,
    ...change,
    ...say`.`,
  ],
  up: (size, before) => say`, ${strong(`up ${size}`)} on ${before}`,
  down: (size, before) => say`, ${strong(`down ${size}`)} on ${before}`,
  same: (before) => say`, as much as in ${before}`,
  spend: (spend) => say`Spend was ${strong(spend)}.`,
  spendWithReturn: (spend, roas) =>
    say`Spend was ${strong(spend)}; ${strong(roas)} of it came back as revenue.`,
  returned: ({ text }, { spend, revenue, difference, outcome, roi }) => {
    const result = {
      gain: say`${strong(`${difference} more`)} than it cost`,
      loss: say`${strong(`${difference} less`)} than it cost`,
      even: say`exactly what it cost`,
    }[outcome];
    return [
      ...say`${strong(text)} turned ${strong(spend)} of spend into ${strong(revenue)} of revenue, `,
      ...result,
      ...say`: a return on investment of ${strong(roi)}.`,
    ];
  },
  cameFrom: ({ conversions, visitors, change }) => [
    ...say`Revenue came from ${strong(conversions)} among ${visitors}`,
    ...change,
    ...say`.`,
  ],
  topOfRevenue: (channel, share) => say`${strong(channel)} brought the most: ${share} of revenue.`,
  topOfConversions: (channel, share) => say`${strong(channel)} brought the most: ${share} of conversions.`,
};
