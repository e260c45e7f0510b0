import type { ReportWords } from "#rendering/words/report-words.ts";

import { GERMAN_HEADLINE } from "./german-headline.ts";
import { GERMAN_HOW_COMPUTED } from "./german-how-computed.ts";
import { GERMAN_MAIL } from "./german-mail.ts";
import { GERMAN_CHANNELS, GERMAN_MODELS } from "./german-models.ts";
import { GERMAN_COLUMNS, GERMAN_KPIS, GERMAN_SECTIONS, GERMAN_TABLES } from "./german-tables.ts";

export const GERMAN: ReportWords = {
  language: "de",
  kinds: {
    "campaign-performance": "Kampagnenbericht",
    sponsor: "Sponsorenbericht",
    roi: "ROI-Bericht",
    "executive-summary": "Managementübersicht",
  },
  sections: GERMAN_SECTIONS,
  kpis: GERMAN_KPIS,
  absence: {
    no_spend: "In diesen Tagen nichts ausgegeben: Kosten eintragen, um es zu sehen",
    no_conversions: "Keine Conversions in diesen Tagen",
    no_visitors: "Keine Besucher in diesen Tagen",
    no_impressions: "Keine Einblendungen in diesen Tagen",
    currency_mismatch:
      "Ein Teil der Beträge ist in einer anderen Währung, ohne Kurs: eintragen, um es zu sehen",
    no_margin: "Keine Marge bekannt: eintragen, um es zu sehen",
    not_paid_back: "In diesen Tagen nicht zurückverdient",
    no_budget: "Kein Budget festgelegt",
    no_flight: "Kein erster und letzter Tag festgelegt",
    not_started: "Noch nicht begonnen",
    no_data: "Keine Daten für diese Tage",
  },
  change: {
    up: (size) => `${size} mehr`,
    down: (size) => `${size} weniger`,
    none: "unverändert",
    fromZero: (amount) => `von null um ${amount}`,
    from: (amount, before) => `von ${before} um ${amount}`,
    points: (number) => `${number} Prozentpunkte`,
    times: (number) => `${number}×`,
    days: (count, written) => `${written} ${count === 1 ? "Tag" : "Tage"}`,
    noBase: "kein Vergleichswert",
    comparedWith: (range) => `Veränderungen gegenüber ${range}.`,
  },
  headline: GERMAN_HEADLINE,
  channels: GERMAN_CHANNELS,
  models: GERMAN_MODELS,
  rows: {
    others: "Andere Kampagnen",
    none: "(ohne Kampagne)",
    unattributed: "(nicht zugeordnet)",
    total: "Summe",
  },
  columns: GERMAN_COLUMNS,
  verdicts: { agree: "Modelle einig", disagree: "Modelle uneins", too_few: "zu wenige" },
  tables: GERMAN_TABLES,
  chart: {
    zone: (timeZone) => `Jeder Tag ist der der Website, in ${timeZone}.`,
    bestDay: (day, revenue) => `Der beste war der ${day} mit ${revenue}.`,
    noRevenue: "Kein Umsatz in diesen Tagen",
    noConversions: "Keine Conversions in diesen Tagen",
    cumulated: "Umsatz und Kosten bisher",
  },
  journeys: {
    ofCampaigns:
      "Gezählt ist jede Conversion, an deren Weg eine dieser Kampagnen beteiligt war, gleich welchem Kontakt sie zugerechnet wird: Es können mehr sein als die oben zugerechneten Conversions.",
    withTheirPart: "Conversions mit ihrer Beteiligung",
    title: "Wege zur Conversion",
    lengths: "Kontakte vor einer Conversion",
    touchpoints: (min, max) =>
      max === null ? `${min} und mehr` : max === min ? `${min}` : `${min} bis ${max}`,
    otherWays: (ways, written) => (ways === 1 ? `${written} weiterer Weg` : `${written} weitere Wege`),
    shortened: "frühere Kontakte weggelassen",
    medianLag: (lag) => `Vom ersten Kontakt bis zur Conversion vergingen im Median ${lag}.`,
    minutes: (count, written) => `${written} ${count === 1 ? "Minute" : "Minuten"}`,
    hours: (count, written) => `${written} ${count === 1 ? "Stunde" : "Stunden"}`,
    days: (count, written) => `${written} ${count === 1 ? "Tag" : "Tage"}`,
    lessThanAMinute: "weniger als eine Minute",
  },
  howComputed: GERMAN_HOW_COMPUTED,
  directRules: {
    keep: "Direkte Besuche zählen wie jeder andere Kontakt.",
    exclude_unless_only: "Direkte Besuche erhalten nur dann etwas, wenn der Weg sonst nichts enthält.",
  },
  page: {
    preparedFor: (name) => `Erstellt für ${name}`,
    of: (page, pages) => `Seite ${page} von ${pages}`,
    madeAt: (instant) => `erstellt am ${instant} mit Waymark`,
    allSites: "Alle Websites",
  },
  mail: GERMAN_MAIL,
};
