import type { ReportWords } from "#rendering/words/report-words.ts";

export const GERMAN_SECTIONS: ReportWords["sections"] = {
  summary: { title: "Zusammenfassung", note: "" },
  kpis: { title: "Kennzahlen", note: "" },
  chart: { title: "Tag für Tag", note: "" },
  sites: { title: "Websites", note: "Was jede Website des Kontos gebracht hat, in einer Währung." },
  channels: {
    title: "Kanäle",
    note: "Woher Besucher kamen und was sie brachten. Wer über zwei Kanäle kam, zählt in der Summe einmal.",
  },
  campaigns: {
    title: "Kampagnen",
    note: "Die höchsten Kosten zuerst. Was Geld gekostet hat, steht hier, auch ohne Conversion.",
  },
  attribution: { title: "Attribution", note: "" },
  journeys: {
    title: "Wege",
    note: "Welche Kontakte hintereinander zu einer Conversion führten, die häufigsten Wege zuerst.",
  },
  howComputed: {
    title: "Wie gerechnet wurde",
    note: "Auf diesen Festlegungen beruht jede Zahl; mit ihnen lässt sie sich auf den Cent genau wiederholen.",
  },
};

export const GERMAN_KPIS: ReportWords["kpis"] = {
  revenue: "Umsatz",
  spend: "Kosten",
  grossProfit: "Rohertrag",
  roas: "ROAS",
  roi: "ROI",
  roiWithMargin: "ROI nach Marge",
  conversions: "Conversions",
  cpa: "CPA",
  breakEvenCpa: "CPA an der Gewinnschwelle",
  paybackDays: "Zurückverdient nach",
  visitors: "Besucher",
  clicks: "Klicks",
  impressions: "Einblendungen",
  ctr: "Klickrate",
  cvr: "Conversion-Rate",
  aov: "Ø Bestellwert",
};

export const GERMAN_COLUMNS: ReportWords["columns"] = {
  site: "Website",
  channel: "Kanal",
  campaign: "Kampagne",
  day: "Tag",
  impressions: "Einblendungen",
  clicks: "Klicks",
  visitors: "Besucher",
  conversions: "Conversions",
  revenue: "Umsatz",
  spend: "Kosten",
  roas: "ROAS",
  roi: "ROI",
  cpa: "CPA",
  ctr: "CTR",
  cvr: "CVR",
  grossProfit: "Rohertrag",
  roiWithMargin: "ROI n. Marge",
  breakEvenCpa: "Grenz-CPA",
  paybackDays: "Zurück nach",
  budgetSpent: "Budget verbraucht",
  pace: "Tempo",
  change: "Veränderung",
  verdict: "Modelle",
  journey: "Weg",
  share: "Anteil",
  touchpoints: "Kontakte",
  figure: "Kennzahl",
  value: "Wert",
  previous: "Vorher",
  low: "Untergrenze (95\u00a0%)",
  high: "Obergrenze (95\u00a0%)",
  model: "Modell",
  lookback: "Rückblick",
  currency: "Währung",
  from: "Von",
  to: "Bis",
  rate: "Kurs",
  term: "Begriff",
  text: "Bedeutung",
};

export const GERMAN_TABLES: ReportWords["tables"] = {
  noVisitors: "Keine Besucher in diesen Tagen.",
  noCampaigns: "Keine Kampagne hat in diesen Tagen etwas gekostet oder gebracht.",
  noSites: "Das Konto hat keine Website.",
  noConversions: "Keine Conversions in diesen Tagen.",
  tooFew: "Blass: weniger als 30 Conversions, zu wenige für eine Entscheidung.",
  judged: "Beurteilt werden die hier gezeigten Modelle, nach Conversions und Umsatz.",
  intervals:
    "Klein: das 95-%-Intervall. Wiederholte sich derselbe Zeitraum, läge die Zahl in 19 von 20 Fällen darin.",
  money: {
    title: "Was für das Geld zurückkam",
    note: "Der Rohertrag ist, was die Marge vom Umsatz übrig lässt. Tempo 1 verteilt das Budget gleichmäßig auf die Laufzeit.",
  },
  sharedOut: (modelCount, lookback) =>
    modelCount === 1
      ? `Rückblick ${lookback}; jede Spalte ergibt die Summe.`
      : `Dieselben Conversions, nach ${modelCount} Modellen aufgeteilt. Rückblick ${lookback}; jede Spalte ergibt die Summe.`,
  partOf: (title, part, parts) => `${title} (${part} von ${parts})`,
  attributionBy: { campaign: "Attribution nach Kampagne", channel: "Attribution nach Kanal" },
  leftOut: (currency) => `Beträge in ${currency}, ohne Kurs`,
  andMore: (count, written) =>
    count === 1 ? `und ${written} weitere Zeile` : `und ${written} weitere Zeilen`,
};
