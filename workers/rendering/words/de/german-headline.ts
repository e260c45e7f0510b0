import type { HeadlineWords } from "#rendering/words/headline-words.ts";
import { say, strong } from "#rendering/words/phrases.ts";

export const GERMAN_HEADLINE: HeadlineWords = {
  campaigns: (names, more) => {
    if (more > 0)
      return `${names.join(", ")} und ${more} ${more === 1 ? "weitere Kampagne" : "weitere Kampagnen"}`;
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} und ${names.at(-1) ?? ""}`;
  },
  // In the dative, as every sentence here uses them.
  visitors: (count, written) => `${written} ${count === 1 ? "Besucher" : "Besuchern"}`,
  conversions: (count, written) => `${written} ${count === 1 ? "Conversion" : "Conversions"}`,
  noVisitors: ({ text, isPlural }) =>
    say`${strong(text)} ${isPlural ? "hatten" : "hatte"} in diesen Tagen keine Besucher.`,
  noConversions: ({ text, isPlural }, visitors) =>
    say`${strong(text)} ${isPlural ? "kamen" : "kam"} mit ${strong(visitors)} noch auf keine Conversion.`,
  earned: ({ text, isPlural }, { revenue, conversions, visitors, change }) => [
    ...say`${strong(text)} ${isPlural ? "brachten" : "brachte"} ${strong(revenue)} Umsatz aus ${strong(conversions)} von ${visitors}`,
    ...change,
    ...say`.`,
  ],
  up: (size, before) => say`, ${strong(`${size} mehr`)} als im Zeitraum ${before}`,
  down: (size, before) => say`, ${strong(`${size} weniger`)} als im Zeitraum ${before}`,
  same: (before) => say`, so viel wie im Zeitraum ${before}`,
  spend: (spend) => say`Die Kosten betrugen ${strong(spend)}.`,
  spendWithReturn: (spend, roas) =>
    say`Die Kosten betrugen ${strong(spend)} und kamen ${strong(roas)} als Umsatz zurück.`,
  returned: ({ text, isPlural }, { spend, revenue, difference, outcome, roi }) => {
    const result = {
      gain: say`${strong(`${difference} mehr`)} als ausgegeben`,
      loss: say`${strong(`${difference} weniger`)} als ausgegeben`,
      even: say`genau so viel wie ausgegeben`,
    }[outcome];
    return [
      ...say`${strong(text)} ${isPlural ? "machten" : "machte"} aus ${strong(spend)} Kosten ${strong(revenue)} Umsatz, `,
      ...result,
      ...say`: ein ROI von ${strong(roi)}.`,
    ];
  },
  cameFrom: ({ conversions, visitors, change }) => [
    ...say`Der Umsatz stammt aus ${strong(conversions)} von ${visitors}`,
    ...change,
    ...say`.`,
  ],
  topOfRevenue: (channel, share) => say`Am meisten brachte ${strong(channel)}: ${share} des Umsatzes.`,
  topOfConversions: (channel, share) => say`Am meisten brachte ${strong(channel)}: ${share} der Conversions.`,
};
