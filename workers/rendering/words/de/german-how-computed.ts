import type { HowComputedWords } from "#rendering/words/how-computed-words.ts";

export const GERMAN_HOW_COMPUTED: HowComputedWords = {
  terms: {
    model: "Attributionsmodell",
    lookback: "Rückblick",
    direct: "Direkte Besuche",
    days: "Tage",
    currency: "Währung",
    rates: "Wechselkurse",
    unattributed: "Nicht zugeordnet",
    margin: "Marge",
    intervals: "Intervalle",
    dataVersion: "Datenstand",
    run: "Attributionslauf",
    ratios: "Verhältnisse",
    note: "Hinweis",
    characters: "Zeichen",
  },
  model: (name, meaning) => `${name}: ${meaning}.`,
  lookback: (days, written) =>
    `${written} ${days === 1 ? "Tag" : "Tage"} vor der Conversion, auf die Millisekunde, beide Enden eingeschlossen.`,
  days: (range, timeZone) => `${range}, ganze Tage in ${timeZone}, der erste und der letzte eingeschlossen.`,
  currency: (code) =>
    `${code}. Vom Umsatz sind Erstattungen abgezogen; eine Erstattung zählt an dem Tag, an dem sie erfolgte.`,
  rate: (currency, rate, days) => `${currency} ${rate} (${days})`,
  rates: (list) => `Eine Einheit war wert: ${list}.`,
  noConversions: "Es gab keine Conversions.",
  unattributed: (conversions, revenue) =>
    `${conversions} der Conversions${revenue === null ? "" : ` und ${revenue} des Umsatzes`} hatten keinen Kontakt im Rückblick. Sie sind aufgeführt und in jeder Summe enthalten.`,
  margin: (percent) => `Vom Umsatz bleiben nach den Kosten der Ware ${percent}.`,
  intervals:
    "Auf dem Niveau von 95\u00a0%, aus der Streuung zwischen den Wegen. Ohne Intervall ist eine Zahl genau, oder es ist zu wenig bekannt, um eines anzugeben. Was auf weniger als 30 Conversions beruht, ist blass.",
  dataVersion: (version, readAt) => `${version}, gelesen am ${readAt}.`,
  siteVersion: (siteName, version) => `${siteName}: ${version}`,
  run: (id) => `${id} bewahrt auf, was jeder Conversion hinter diesen Zahlen zugeschrieben wurde.`,
  ratios: {
    roas: "ROAS = Umsatz ÷ Kosten",
    roi: "ROI = (Umsatz − Kosten) ÷ Kosten",
    roiWithMargin: "ROI nach Marge = (Umsatz × Marge − Kosten) ÷ Kosten",
    grossProfit: "Rohertrag = Umsatz × Marge",
    cpa: "CPA = Kosten ÷ Conversions",
    breakEvenCpa: "CPA an der Gewinnschwelle = Umsatz × Marge ÷ Conversions",
    paybackDays: "Zurückverdient nach = Tage, bis die Einnahmen die Kosten decken",
    ctr: "Klickrate = Klicks ÷ Einblendungen",
    cvr: "Conversion-Rate = Conversions ÷ Besucher",
    aov: "Ø Bestellwert = Umsatz ÷ Conversions",
  },
  withoutBase: (dash) => `Ohne Grundlage: ${dash}.`,
  characters: (list) => `Als □ gezeigt, weil die Schrift des Berichts sie nicht hat: ${list}.`,
  andMore: (count) => `und ${count} weitere`,
  notes: {
    lastDayOpen: (day) => `Der ${day} war noch nicht zu Ende, als der Bericht entstand.`,
    asOf: (instant) => `Die Zahlen haben den Stand ${instant}.`,
    converted: (currencies) => `Beträge in ${currencies} sind zum Kurs ihres Tages umgerechnet.`,
    leftOut: (amount, conversions) =>
      `${amount} aus ${conversions} stecken nicht im Umsatz: Es gibt keinen Wechselkurs. Die Conversions zählen; was aus dem Umsatz errechnet wird, ist ein Strich.`,
    otherZones: (siteNames) => `Die Tage von ${siteNames} sind die ihrer eigenen Zeitzone.`,
    noDailyCredit:
      "Das Modell teilt den Zeitraum als Ganzes auf: Über einzelne Kampagnen sagt es Tag für Tag und nach Kanälen nichts.",
    visitorsEstimated: (margin) =>
      `Besucher über mehrere Tage sind verschiedene Personen, mit Skizzen geschätzt, ± ${margin}.`,
  },
};
