import type { ReportWords } from "#rendering/words/report-words.ts";

import { SPANISH_HEADLINE } from "./spanish-headline.ts";
import { SPANISH_HOW_COMPUTED } from "./spanish-how-computed.ts";
import { SPANISH_MAIL } from "./spanish-mail.ts";
import { SPANISH_CHANNELS, SPANISH_MODELS } from "./spanish-models.ts";
import { SPANISH_COLUMNS, SPANISH_KPIS, SPANISH_SECTIONS, SPANISH_TABLES } from "./spanish-tables.ts";

export const SPANISH: ReportWords = {
  language: "es",
  kinds: {
    "campaign-performance": "Rendimiento de campañas",
    sponsor: "Informe para el patrocinador",
    roi: "Retorno de la inversión",
    "executive-summary": "Resumen ejecutivo",
  },
  sections: SPANISH_SECTIONS,
  kpis: SPANISH_KPIS,
  absence: {
    no_spend: "No se gastó nada en estos días: añada el gasto para verlo",
    no_conversions: "Sin conversiones en estos días",
    no_visitors: "Sin visitantes en estos días",
    no_impressions: "Sin impresiones en estos días",
    currency_mismatch: "Parte de los importes está en otra moneda, sin tipo de cambio: indíquelo para verlo",
    no_margin: "No se conoce el margen: indíquelo para verlo",
    not_paid_back: "No recuperado en estos días",
    no_budget: "No hay presupuesto fijado",
    no_flight: "No hay primer ni último día fijados",
    not_started: "Aún no ha empezado",
    no_data: "Sin datos para estos días",
  },
  change: {
    up: (size) => `${size} más`,
    down: (size) => `${size} menos`,
    none: "sin cambios",
    fromZero: (amount) => `desde cero, ${amount}`,
    from: (amount, before) => `desde ${before}, ${amount}`,
    points: (number) => `${number} puntos`,
    times: (number) => `${number}×`,
    days: (count, written) => `${written} ${count === 1 ? "día" : "días"}`,
    noBase: "nada con que comparar",
    comparedWith: (range) => `Cambios respecto al período ${range}.`,
  },
  headline: SPANISH_HEADLINE,
  channels: SPANISH_CHANNELS,
  models: SPANISH_MODELS,
  rows: {
    others: "Otras campañas",
    none: "(sin campaña)",
    unattributed: "(sin atribuir)",
    total: "Total",
  },
  columns: SPANISH_COLUMNS,
  verdicts: { agree: "modelos de acuerdo", disagree: "modelos difieren", too_few: "muy pocas" },
  tables: SPANISH_TABLES,
  chart: {
    zone: (timeZone) => `Cada día es el del sitio, en ${timeZone}.`,
    bestDay: (day, revenue) => `El mejor fue el ${day}, con ${revenue}.`,
    noRevenue: "Sin ingresos en estos días",
    noConversions: "Sin conversiones en estos días",
    cumulated: "Ingresos y gasto acumulados",
  },
  journeys: {
    ofCampaigns:
      "Se cuenta cada conversión en cuyo camino participó una de estas campañas, sea cual sea el contacto al que se atribuye: puede haber más que las conversiones atribuidas arriba.",
    withTheirPart: "Conversiones con su participación",
    title: "Caminos hasta una conversión",
    lengths: "Contactos antes de una conversión",
    touchpoints: (min, max) => (max === null ? `${min} o más` : max === min ? `${min}` : `${min} a ${max}`),
    otherWays: (ways, written) => (ways === 1 ? `${written} camino más` : `${written} caminos más`),
    shortened: "contactos anteriores omitidos",
    medianLag: (lag) => `Del primer contacto a la conversión pasaron ${lag} (mediana).`,
    minutes: (count, written) => `${written} ${count === 1 ? "minuto" : "minutos"}`,
    hours: (count, written) => `${written} ${count === 1 ? "hora" : "horas"}`,
    days: (count, written) => `${written} ${count === 1 ? "día" : "días"}`,
    lessThanAMinute: "menos de un minuto",
  },
  howComputed: SPANISH_HOW_COMPUTED,
  directRules: {
    keep: "Las visitas directas cuentan como cualquier otro contacto.",
    exclude_unless_only: "Las visitas directas solo reciben crédito cuando el recorrido no tiene nada más.",
  },
  page: {
    preparedFor: (name) => `Preparado para ${name}`,
    of: (page, pages) => `Página ${page} de ${pages}`,
    madeAt: (instant) => `hecho el ${instant} con Waymark`,
    allSites: "Todos los sitios",
  },
  mail: SPANISH_MAIL,
};
