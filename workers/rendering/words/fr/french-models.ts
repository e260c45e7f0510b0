import type { ReportWords } from "#rendering/words/report-words.ts";

export const FRENCH_CHANNELS: ReportWords["channels"] = {
  direct: "Direct",
  "organic-search": "Recherche naturelle",
  "paid-search": "Recherche payante",
  "organic-social": "Réseaux sociaux naturels",
  "paid-social": "Réseaux sociaux payants",
  "organic-video": "Vidéo naturelle",
  "paid-video": "Vidéo payante",
  "organic-shopping": "Shopping naturel",
  "paid-shopping": "Shopping payant",
  display: "Display",
  "paid-other": "Autre payant",
  "cross-network": "Multiréseau",
  email: "E-mail",
  affiliates: "Affiliation",
  referral: "Sites référents",
  audio: "Audio",
  sms: "SMS",
  push: "Notifications mobiles",
  podcast: "Podcast",
  influencer: "Influenceurs",
  offline: "Hors ligne",
  unassigned: "Non classé",
};

export const FRENCH_MODELS: ReportWords["models"] = {
  first: { name: "Premier contact", meaning: "tout le crédit va au premier contact du parcours" },
  last: { name: "Dernier contact", meaning: "tout le crédit va au dernier contact avant la conversion" },
  last_non_direct: {
    name: "Dernier non direct",
    meaning:
      "tout le crédit va au dernier contact qui n’est pas une visite directe\u00a0; s’ils le sont tous, au dernier",
  },
  linear: { name: "Linéaire", meaning: "chaque contact du parcours reçoit la même part du crédit" },
  position: {
    name: "Position",
    meaning:
      "le premier et le dernier contact reçoivent les plus grandes parts, les autres se partagent le reste",
  },
  time_decay: {
    name: "Décroissance",
    meaning: "plus un contact est proche de la conversion, plus sa part est grande",
  },
  participation: {
    name: "Participation",
    meaning: "chaque participant reçoit la conversion entière\u00a0; les lignes dépassent donc le total",
  },
  markov: {
    name: "Markov",
    meaning:
      "chacun reçoit ce qui serait perdu sans lui, d’après les transitions de tous les parcours de la période",
  },
  shapley: {
    name: "Shapley",
    meaning:
      "chacun reçoit sa contribution moyenne sur tous les ordres dans lesquels les contacts auraient pu venir",
  },
};
