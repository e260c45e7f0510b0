import type { ReportWords } from "#rendering/words/report-words.ts";

import { FRENCH_HEADLINE } from "./french-headline.ts";
import { FRENCH_HOW_COMPUTED } from "./french-how-computed.ts";
import { FRENCH_MAIL } from "./french-mail.ts";
import { FRENCH_CHANNELS, FRENCH_MODELS } from "./french-models.ts";
import { FRENCH_COLUMNS, FRENCH_KPIS, FRENCH_SECTIONS, FRENCH_TABLES } from "./french-tables.ts";

/** In French 0 and 1.5 are singular. */
export const FRENCH: ReportWords = {
  language: "fr",
  kinds: {
    "campaign-performance": "Performance des campagnes",
    sponsor: "Rapport pour le sponsor",
    roi: "Retour sur investissement",
    "executive-summary": "Synthèse de direction",
  },
  sections: FRENCH_SECTIONS,
  kpis: FRENCH_KPIS,
  absence: {
    no_spend: "Rien n’a été dépensé ces jours-là\u00a0: ajoutez des dépenses pour le voir",
    no_conversions: "Aucune conversion ces jours-là",
    no_visitors: "Aucun visiteur ces jours-là",
    no_impressions: "Aucune impression ces jours-là",
    currency_mismatch:
      "Une partie des montants est dans une autre devise, sans taux\u00a0: indiquez-le pour le voir",
    no_margin: "Marge inconnue\u00a0: indiquez-la pour le voir",
    not_paid_back: "Pas encore rentabilisé ces jours-là",
    no_budget: "Aucun budget n’est fixé",
    no_flight: "Ni premier ni dernier jour fixés",
    not_started: "Pas encore commencé",
    no_data: "Aucune donnée pour ces jours",
  },
  change: {
    up: (size) => `en hausse de ${size}`,
    down: (size) => `en baisse de ${size}`,
    none: "inchangé",
    fromZero: (amount) => `${amount} depuis zéro`,
    from: (amount, before) => `${amount} depuis ${before}`,
    points: (number) => `${number} points`,
    times: (number) => `${number}×`,
    days: (count, written) => `${written} ${Math.abs(count) < 2 ? "jour" : "jours"}`,
    noBase: "rien à comparer",
    comparedWith: (range) => `Évolutions par rapport à la période ${range}.`,
  },
  headline: FRENCH_HEADLINE,
  channels: FRENCH_CHANNELS,
  models: FRENCH_MODELS,
  rows: {
    others: "Autres campagnes",
    none: "(sans campagne)",
    unattributed: "(non attribué)",
    total: "Total",
  },
  columns: FRENCH_COLUMNS,
  verdicts: { agree: "modèles d’accord", disagree: "modèles partagés", too_few: "trop peu" },
  tables: FRENCH_TABLES,
  chart: {
    zone: (timeZone) => `Chaque jour est celui du site, à l’heure de ${timeZone}.`,
    bestDay: (day, revenue) => `Le meilleur\u00a0: le ${day}, avec ${revenue}.`,
    noRevenue: "Aucun chiffre d’affaires ces jours-là",
    noConversions: "Aucune conversion ces jours-là",
    cumulated: "CA et dépenses cumulés",
  },
  journeys: {
    ofCampaigns:
      "Chaque conversion dont le chemin passe par l’une de ces campagnes est comptée, quel que soit le contact crédité\u00a0: il peut y en avoir plus que les conversions attribuées plus haut.",
    withTheirPart: "Conversions avec leur participation",
    title: "Chemins vers une conversion",
    lengths: "Contacts avant une conversion",
    touchpoints: (min, max) => (max === null ? `${min} ou plus` : max === min ? `${min}` : `${min} à ${max}`),
    otherWays: (ways, written) => (ways < 2 ? `${written} autre chemin` : `${written} autres chemins`),
    shortened: "contacts antérieurs omis",
    medianLag: (lag) => `Du premier contact à la conversion, il s’est écoulé ${lag} (médiane).`,
    minutes: (count, written) => `${written} ${count < 2 ? "minute" : "minutes"}`,
    hours: (count, written) => `${written} ${count < 2 ? "heure" : "heures"}`,
    days: (count, written) => `${written} ${count < 2 ? "jour" : "jours"}`,
    lessThanAMinute: "moins d’une minute",
  },
  howComputed: FRENCH_HOW_COMPUTED,
  directRules: {
    keep: "Les visites directes comptent comme tout autre contact.",
    exclude_unless_only: "Les visites directes ne sont créditées que si le chemin ne contient rien d’autre.",
  },
  page: {
    preparedFor: (name) => `Préparé pour ${name}`,
    of: (page, pages) => `Page ${page} sur ${pages}`,
    madeAt: (instant) => `établi le ${instant} avec Waymark`,
    allSites: "Tous les sites",
  },
  mail: FRENCH_MAIL,
};
