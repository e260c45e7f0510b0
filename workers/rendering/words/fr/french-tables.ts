import type { ReportWords } from "#rendering/words/report-words.ts";

export const FRENCH_SECTIONS: ReportWords["sections"] = {
  summary: { title: "Résumé", note: "" },
  kpis: { title: "Chiffres clés", note: "" },
  chart: { title: "Jour par jour", note: "" },
  sites: { title: "Sites", note: "Ce que chaque site du compte a rapporté, dans une seule devise." },
  channels: {
    title: "Canaux",
    note: "D’où venaient les visiteurs et ce qu’ils ont rapporté. Venu par deux canaux, un visiteur compte une fois au total.",
  },
  campaigns: {
    title: "Campagnes",
    note: "Les plus grosses dépenses d’abord. Une campagne qui a coûté figure ici, même sans conversion.",
  },
  attribution: { title: "Attribution", note: "" },
  journeys: {
    title: "Parcours",
    note: "Les contacts qui, l’un après l’autre, ont mené à une conversion\u00a0; les chemins les plus fréquents d’abord.",
  },
  howComputed: {
    title: "Méthode de calcul",
    note: "Chaque chiffre repose sur ces choix\u00a0; avec eux, on peut le refaire au centime près.",
  },
};

export const FRENCH_KPIS: ReportWords["kpis"] = {
  revenue: "Chiffre d’affaires",
  spend: "Dépenses",
  grossProfit: "Marge brute",
  roas: "ROAS",
  roi: "ROI",
  roiWithMargin: "ROI après marge",
  conversions: "Conversions",
  cpa: "CPA",
  breakEvenCpa: "CPA d’équilibre",
  paybackDays: "Rentabilisé en",
  visitors: "Visiteurs",
  clicks: "Clics",
  impressions: "Impressions",
  ctr: "Taux de clics",
  cvr: "Taux de conversion",
  aov: "Panier moyen",
};

export const FRENCH_COLUMNS: ReportWords["columns"] = {
  site: "Site",
  channel: "Canal",
  campaign: "Campagne",
  day: "Jour",
  impressions: "Impressions",
  clicks: "Clics",
  visitors: "Visiteurs",
  conversions: "Conversions",
  revenue: "CA",
  spend: "Dépenses",
  roas: "ROAS",
  roi: "ROI",
  cpa: "CPA",
  ctr: "CTR",
  cvr: "CVR",
  grossProfit: "Marge brute",
  roiWithMargin: "ROI après marge",
  breakEvenCpa: "CPA d’équilibre",
  paybackDays: "Rentabilisé en",
  budgetSpent: "Budget dépensé",
  pace: "Rythme",
  change: "Évolution",
  verdict: "Modèles",
  journey: "Chemin",
  share: "Part",
  touchpoints: "Contacts",
  figure: "Indicateur",
  value: "Valeur",
  previous: "Avant",
  low: "Borne basse (95\u00a0%)",
  high: "Borne haute (95\u00a0%)",
  model: "Modèle",
  lookback: "Fenêtre",
  currency: "Devise",
  from: "Du",
  to: "Au",
  rate: "Taux",
  term: "Terme",
  text: "Signification",
};

export const FRENCH_TABLES: ReportWords["tables"] = {
  noVisitors: "Aucun visiteur ces jours-là.",
  noCampaigns: "Aucune campagne n’a coûté ni rapporté quoi que ce soit ces jours-là.",
  noSites: "Le compte n’a aucun site.",
  noConversions: "Aucune conversion ces jours-là.",
  tooFew: "En pâle\u00a0: moins de 30 conversions, trop peu pour décider.",
  judged: "Le verdict porte sur les modèles affichés ici, pour les conversions et le chiffre d’affaires.",
  intervals:
    "En petit\u00a0: l’intervalle à 95\u00a0%. Si la même période se répétait, le chiffre y tomberait 19 fois sur 20.",
  money: {
    title: "Ce que l’argent a rapporté",
    note: "La marge brute est ce que la marge laisse du chiffre d’affaires. Un rythme de 1 répartit le budget également sur la durée.",
  },
  sharedOut: (modelCount, lookback) =>
    modelCount === 1
      ? `Fenêtre de ${lookback}\u00a0; chaque colonne donne le total.`
      : `Les mêmes conversions, réparties par ${modelCount} modèles. Fenêtre de ${lookback}\u00a0; chaque colonne donne le total.`,
  partOf: (title, part, parts) => `${title} (${part} sur ${parts})`,
  attributionBy: { campaign: "Attribution par campagne", channel: "Attribution par canal" },
  leftOut: (currency) => `montants en ${currency}, sans taux`,
  andMore: (count, written) => (count < 2 ? `et ${written} autre ligne` : `et ${written} autres lignes`),
};
