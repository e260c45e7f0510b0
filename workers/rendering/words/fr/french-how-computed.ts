import type { HowComputedWords } from "#rendering/words/how-computed-words.ts";

export const FRENCH_HOW_COMPUTED: HowComputedWords = {
  terms: {
    model: "Modèle d’attribution",
    lookback: "Fenêtre d’attribution",
    direct: "Visites directes",
    days: "Jours",
    currency: "Devise",
    rates: "Taux de change",
    unattributed: "Non attribué",
    margin: "Marge",
    intervals: "Intervalles",
    dataVersion: "Version des données",
    run: "Calcul d’attribution",
    ratios: "Ratios",
    note: "Remarque",
    characters: "Caractères",
  },
  model: (name, meaning) => `${name}\u00a0: ${meaning}.`,
  lookback: (days, written) =>
    `${written} ${days < 2 ? "jour" : "jours"} avant la conversion, à la milliseconde, bornes comprises.`,
  days: (range, timeZone) =>
    `${range}, jours entiers du fuseau ${timeZone}, le premier et le dernier compris.`,
  currency: (code) =>
    `${code}. Le chiffre d’affaires est net des remboursements\u00a0; un remboursement compte le jour où il a été fait.`,
  rate: (currency, rate, days) => `${currency} ${rate} (${days})`,
  rates: (list) => `Une unité valait\u00a0: ${list}.`,
  noConversions: "Il n’y a eu aucune conversion.",
  unattributed: (conversions, revenue) =>
    `${conversions} des conversions${revenue === null ? "" : ` et ${revenue} du chiffre d’affaires`} n’avaient aucun contact dans la fenêtre. Elles sont affichées et comptent dans chaque total.`,
  margin: (percent) => `Il reste ${percent} du chiffre d’affaires après le coût de ce qui a été vendu.`,
  intervals:
    "Au niveau de 95\u00a0%, d’après la dispersion entre les parcours. Sans intervalle, un chiffre est exact, ou l’on en sait trop peu. Ce qui repose sur moins de 30 conversions est pâle.",
  dataVersion: (version, readAt) => `${version}, lue le ${readAt}.`,
  siteVersion: (siteName, version) => `${siteName}\u00a0: ${version}`,
  run: (id) => `${id} conserve le crédit de chaque conversion derrière ces chiffres.`,
  ratios: {
    roas: "ROAS = chiffre d’affaires ÷ dépenses",
    roi: "ROI = (chiffre d’affaires − dépenses) ÷ dépenses",
    roiWithMargin: "ROI après marge = (chiffre d’affaires × marge − dépenses) ÷ dépenses",
    grossProfit: "Marge brute = chiffre d’affaires × marge",
    cpa: "CPA = dépenses ÷ conversions",
    breakEvenCpa: "CPA d’équilibre = chiffre d’affaires × marge ÷ conversions",
    paybackDays: "Rentabilisé en = jours jusqu’à ce que les recettes couvrent les dépenses",
    ctr: "Taux de clics = clics ÷ impressions",
    cvr: "Taux de conversion = conversions ÷ visiteurs",
    aov: "Panier moyen = chiffre d’affaires ÷ conversions",
  },
  withoutBase: (dash) => `Sans base\u00a0: ${dash}.`,
  characters: (list) => `Affichés □, car la police du rapport ne les a pas\u00a0: ${list}.`,
  andMore: (count) => `et ${count} de plus`,
  notes: {
    lastDayOpen: (day) => `Le ${day} n’était pas terminé quand le rapport a été établi.`,
    asOf: (instant) => `Chiffres arrêtés au ${instant}.`,
    converted: (currencies) => `Les montants en ${currencies} sont convertis au taux de leur jour.`,
    leftOut: (amount, conversions) =>
      `${amount} (${conversions}) ne figurent pas dans le chiffre d’affaires\u00a0: il n’y a pas de taux de change. Les conversions comptent\u00a0; ce qui se calcule sur le chiffre d’affaires est un tiret.`,
    otherZones: (siteNames) => `Les jours de ${siteNames} sont ceux de leur propre fuseau horaire.`,
    noDailyCredit:
      "Le modèle répartit la période dans son ensemble\u00a0: il ne dit rien des campagnes prises une à une, ni par jour ni par canal.",
    visitorsEstimated: (margin) =>
      `Sur plusieurs jours, les visiteurs distincts sont estimés par échantillons résumés, ± ${margin}.`,
  },
};
