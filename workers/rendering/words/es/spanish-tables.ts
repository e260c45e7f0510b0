import type { ReportWords } from "#rendering/words/report-words.ts";

export const SPANISH_SECTIONS: ReportWords["sections"] = {
  summary: { title: "Resumen", note: "" },
  kpis: { title: "Cifras clave", note: "" },
  chart: { title: "Día a día", note: "" },
  sites: { title: "Sitios", note: "Lo que aportó cada sitio de la cuenta, en una sola moneda." },
  channels: {
    title: "Canales",
    note: "De dónde vinieron los visitantes y qué aportaron. Quien vino por dos canales cuenta una vez en el total.",
  },
  campaigns: {
    title: "Campañas",
    note: "Primero las de mayor gasto. Una campaña que costó dinero figura aquí, también sin conversiones.",
  },
  attribution: { title: "Atribución", note: "" },
  journeys: {
    title: "Recorridos",
    note: "Qué contactos, uno tras otro, llevaron a una conversión; primero los caminos más frecuentes.",
  },
  howComputed: {
    title: "Cómo se calculó",
    note: "Cada cifra de este informe se apoya en estas decisiones; con ellas se puede repetir, al céntimo.",
  },
};

export const SPANISH_KPIS: ReportWords["kpis"] = {
  revenue: "Ingresos",
  spend: "Gasto",
  grossProfit: "Beneficio bruto",
  roas: "ROAS",
  roi: "ROI",
  roiWithMargin: "ROI tras margen",
  conversions: "Conversiones",
  cpa: "CPA",
  breakEvenCpa: "CPA de equilibrio",
  paybackDays: "Recuperado en",
  visitors: "Visitantes",
  clicks: "Clics",
  impressions: "Impresiones",
  ctr: "Tasa de clics",
  cvr: "Tasa de conversión",
  aov: "Pedido medio",
};

export const SPANISH_COLUMNS: ReportWords["columns"] = {
  site: "Sitio",
  channel: "Canal",
  campaign: "Campaña",
  day: "Día",
  impressions: "Impresiones",
  clicks: "Clics",
  visitors: "Visitantes",
  conversions: "Conversiones",
  revenue: "Ingresos",
  spend: "Gasto",
  roas: "ROAS",
  roi: "ROI",
  cpa: "CPA",
  ctr: "CTR",
  cvr: "CVR",
  grossProfit: "Beneficio bruto",
  roiWithMargin: "ROI tras margen",
  breakEvenCpa: "CPA de equilibrio",
  paybackDays: "Recuperado en",
  budgetSpent: "Presupuesto gastado",
  pace: "Ritmo",
  change: "Cambio",
  verdict: "Modelos",
  journey: "Camino",
  share: "Parte",
  touchpoints: "Contactos",
  figure: "Cifra",
  value: "Valor",
  previous: "Antes",
  low: "Mínimo (95\u00a0%)",
  high: "Máximo (95\u00a0%)",
  model: "Modelo",
  lookback: "Ventana",
  currency: "Moneda",
  from: "Desde",
  to: "Hasta",
  rate: "Tipo de cambio",
  term: "Término",
  text: "Significado",
};

export const SPANISH_TABLES: ReportWords["tables"] = {
  noVisitors: "Sin visitantes en estos días.",
  noCampaigns: "Ninguna campaña gastó ni aportó nada en estos días.",
  noSites: "La cuenta no tiene ningún sitio.",
  noConversions: "Sin conversiones en estos días.",
  tooFew: "Pálido: menos de 30 conversiones, muy pocas para decidir.",
  judged: "Se comparan los modelos que se muestran aquí, por conversiones e ingresos.",
  intervals:
    "Pequeño: el intervalo del 95\u00a0%. Si se repitiera el mismo período, la cifra caería en él 19 de cada 20 veces.",
  money: {
    title: "Lo que volvió por el dinero",
    note: "El beneficio bruto es lo que el margen deja de los ingresos. Un ritmo de 1 reparte el presupuesto por igual en la campaña.",
  },
  sharedOut: (modelCount, lookback) =>
    modelCount === 1
      ? `Ventana de ${lookback}; cada columna suma el total.`
      : `Las mismas conversiones, repartidas por ${modelCount} modelos. Ventana de ${lookback}; cada columna suma el total.`,
  partOf: (title, part, parts) => `${title} (${part} de ${parts})`,
  attributionBy: { campaign: "Atribución por campaña", channel: "Atribución por canal" },
  leftOut: (currency) => `importes en ${currency}, sin tipo de cambio`,
  andMore: (count, written) => (count === 1 ? `y ${written} fila más` : `y ${written} filas más`),
};
