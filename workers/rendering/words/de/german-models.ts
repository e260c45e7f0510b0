import type { ReportWords } from "#rendering/words/report-words.ts";

export const GERMAN_CHANNELS: ReportWords["channels"] = {
  direct: "Direkt",
  "organic-search": "Organische Suche",
  "paid-search": "Bezahlte Suche",
  "organic-social": "Organisch Social",
  "paid-social": "Bezahlt Social",
  "organic-video": "Organische Videos",
  "paid-video": "Bezahlte Videos",
  "organic-shopping": "Organisches Shopping",
  "paid-shopping": "Bezahltes Shopping",
  display: "Display",
  "paid-other": "Sonstiges Bezahltes",
  "cross-network": "Netzwerkübergreifend",
  email: "E-Mail",
  affiliates: "Affiliates",
  referral: "Verweise",
  audio: "Audio",
  sms: "SMS",
  push: "Push-Nachrichten",
  podcast: "Podcast",
  influencer: "Influencer",
  offline: "Offline",
  unassigned: "Nicht eingeordnet",
};

export const GERMAN_MODELS: ReportWords["models"] = {
  first: { name: "Erster Kontakt", meaning: "alles geht an den ersten Kontakt des Weges" },
  last: { name: "Letzter Kontakt", meaning: "alles geht an den letzten Kontakt vor der Conversion" },
  last_non_direct: {
    name: "Letzter nicht direkte",
    meaning:
      "alles geht an den letzten Kontakt, der kein direkter Besuch ist; sind alle direkt, an den letzten",
  },
  linear: { name: "Linear", meaning: "jeder Kontakt des Weges erhält denselben Anteil" },
  position: {
    name: "Position",
    meaning: "der erste und der letzte Kontakt erhalten die größten Anteile, die dazwischen teilen den Rest",
  },
  time_decay: {
    name: "Zeitverlauf",
    meaning: "je näher ein Kontakt an der Conversion liegt, desto größer ist sein Anteil",
  },
  participation: {
    name: "Beteiligung",
    meaning:
      "jeder, der beteiligt war, erhält die ganze Conversion; die Zeilen ergeben deshalb mehr als die Summe",
  },
  markov: {
    name: "Markow",
    meaning: "jeder erhält, was ohne ihn verloren ginge, nach den Übergängen aller Wege des Zeitraums",
  },
  shapley: {
    name: "Shapley",
    meaning:
      "jeder erhält seinen mittleren Beitrag über alle Reihenfolgen, in denen die Kontakte hätten kommen können",
  },
};
