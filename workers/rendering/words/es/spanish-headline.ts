import type { HeadlineWords } from "#rendering/words/headline-words.ts";
import { say, strong } from "#rendering/words/phrases.ts";

export const SPANISH_HEADLINE: HeadlineWords = {
  campaigns: (names, more) => {
    if (more > 0) return `${names.join(", ")} y ${more} ${more === 1 ? "campaña más" : "campañas más"}`;
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} y ${names.at(-1) ?? ""}`;
  },
  visitors: (count, written) => `${written} ${count === 1 ? "visitante" : "visitantes"}`,
  conversions: (count, written) => `${written} ${count === 1 ? "conversión" : "conversiones"}`,
  noVisitors: ({ text, isPlural }) =>
    say`${strong(text)} no ${isPlural ? "tuvieron" : "tuvo"} visitantes en estos días.`,
  noConversions: ({ text, isPlural }, visitors) =>
    say`${strong(text)} ${isPlural ? "trajeron" : "trajo"} ${strong(visitors)} y todavía ninguna conversión.`,
  earned: ({ text, isPlural }, { revenue, conversions, visitors, change }) => [
    ...say`${strong(text)} ${isPlural ? "aportaron" : "aportó"} ${strong(revenue)} de ingresos con ${strong(conversions)} entre ${visitors}`,
    ...change,
    ...say`.`,
  ],
  up: (size, before) => say`, ${strong(`${size} más`)} que en el período ${before}`,
  down: (size, before) => say`, ${strong(`${size} menos`)} que en el período ${before}`,
  same: (before) => say`, lo mismo que en el período ${before}`,
  spend: (spend) => say`El gasto fue de ${strong(spend)}.`,
  spendWithReturn: (spend, roas) =>
    say`El gasto fue de ${strong(spend)} y volvió ${strong(roas)} en forma de ingresos.`,
  returned: ({ text, isPlural }, { spend, revenue, difference, outcome, roi }) => {
    const result = {
      gain: say`${strong(`${difference} más`)} de lo que costó`,
      loss: say`${strong(`${difference} menos`)} de lo que costó`,
      even: say`exactamente lo que costó`,
    }[outcome];
    return [
      ...say`${strong(text)} ${isPlural ? "convirtieron" : "convirtió"} ${strong(spend)} de gasto en ${strong(revenue)} de ingresos, `,
      ...result,
      ...say`: un retorno de la inversión del ${strong(roi)}.`,
    ];
  },
  cameFrom: ({ conversions, visitors, change }) => [
    ...say`Los ingresos vinieron de ${strong(conversions)} entre ${visitors}`,
    ...change,
    ...say`.`,
  ],
  topOfRevenue: (channel, share) =>
    say`El canal que más aportó fue ${strong(channel)}: el ${share} de los ingresos.`,
  topOfConversions: (channel, share) =>
    say`El canal que más aportó fue ${strong(channel)}: el ${share} de las conversiones.`,
};
