import type { HeadlineWords } from "#rendering/words/headline-words.ts";
import { say, strong } from "#rendering/words/phrases.ts";

export const FRENCH_HEADLINE: HeadlineWords = {
  campaigns: (names, more) => {
    if (more > 0)
      return `${names.join(", ")} et ${more} ${more === 1 ? "autre campagne" : "autres campagnes"}`;
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} et ${names.at(-1) ?? ""}`;
  },
  visitors: (count, written) => `${written} ${count < 2 ? "visiteur" : "visiteurs"}`,
  conversions: (count, written) => `${written} ${count < 2 ? "conversion" : "conversions"}`,
  noVisitors: ({ text, isPlural }) =>
    say`${strong(text)} ${isPlural ? "n’ont" : "n’a"} eu aucun visiteur ces jours-là.`,
  noConversions: ({ text, isPlural }, visitors) =>
    say`${strong(text)} ${isPlural ? "ont" : "a"} amené ${strong(visitors)}, mais encore aucune conversion.`,
  earned: ({ text, isPlural }, { revenue, conversions, visitors, change }) => [
    ...say`${strong(text)} ${isPlural ? "ont" : "a"} rapporté ${strong(revenue)} de chiffre d’affaires, soit ${strong(conversions)} pour ${visitors}`,
    ...change,
    ...say`.`,
  ],
  up: (size, before) => say`, ${strong(`en hausse de ${size}`)} par rapport à la période ${before}`,
  down: (size, before) => say`, ${strong(`en baisse de ${size}`)} par rapport à la période ${before}`,
  same: (before) => say`, autant que sur la période ${before}`,
  spend: (spend) => say`Les dépenses se sont élevées à ${strong(spend)}.`,
  spendWithReturn: (spend, roas) =>
    say`Les dépenses se sont élevées à ${strong(spend)} et ont été récupérées ${strong(roas)} en chiffre d’affaires.`,
  returned: ({ text, isPlural }, { spend, revenue, difference, outcome, roi }) => {
    const result = {
      gain: say`${strong(`${difference} de plus`)} que dépensé`,
      loss: say`${strong(`${difference} de moins`)} que dépensé`,
      even: say`exactement autant que dépensé`,
    }[outcome];
    return [
      ...say`Avec ${strong(spend)} de dépenses, ${strong(text)} ${isPlural ? "ont" : "a"} rapporté ${strong(revenue)} de chiffre d’affaires, `,
      ...result,
      ...say`\u00a0: un retour sur investissement de ${strong(roi)}.`,
    ];
  },
  cameFrom: ({ conversions, visitors, change }) => [
    ...say`Le chiffre d’affaires provient de ${strong(conversions)} pour ${visitors}`,
    ...change,
    ...say`.`,
  ],
  topOfRevenue: (channel, share) =>
    say`Le canal qui a le plus rapporté\u00a0: ${strong(channel)}, avec ${share} du chiffre d’affaires.`,
  topOfConversions: (channel, share) =>
    say`Le canal qui a le plus rapporté\u00a0: ${strong(channel)}, avec ${share} des conversions.`,
};
