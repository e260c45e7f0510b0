import type { HowComputedWords } from "#rendering/words/how-computed-words.ts";

export const SPANISH_HOW_COMPUTED: HowComputedWords = {
  terms: {
    model: "Modelo de atribución",
    lookback: "Ventana de atribución",
    direct: "Visitas directas",
    days: "Días",
    currency: "Moneda",
    rates: "Tipos de cambio",
    unattributed: "Sin atribuir",
    margin: "Margen",
    intervals: "Intervalos",
    dataVersion: "Versión de los datos",
    run: "Cálculo de atribución",
    ratios: "Ratios",
    note: "Nota",
    characters: "Caracteres",
  },
  model: (name, meaning) => `${name}: ${meaning}.`,
  lookback: (days, written) =>
    `${written} ${days === 1 ? "día" : "días"} antes de la conversión, al milisegundo, ambos extremos incluidos.`,
  days: (range, timeZone) => `${range}, días completos de ${timeZone}, el primero y el último incluidos.`,
  currency: (code) =>
    `${code}. Los ingresos son netos de devoluciones; una devolución cuenta el día en que se hizo.`,
  rate: (currency, rate, days) => `${currency} ${rate} (${days})`,
  rates: (list) => `Una unidad valía: ${list}.`,
  noConversions: "No hubo conversiones.",
  unattributed: (conversions, revenue) =>
    `El ${conversions} de las conversiones${revenue === null ? "" : ` y el ${revenue} de los ingresos`} no tenían ningún contacto en la ventana. Se muestran y forman parte de cada total.`,
  margin: (percent) => `De los ingresos queda el ${percent} tras el coste de lo vendido.`,
  intervals:
    "Al nivel del 95\u00a0%, a partir de la dispersión entre recorridos. Sin intervalo, una cifra es exacta o se sabe demasiado poco para darlo. Lo que se apoya en menos de 30 conversiones aparece pálido.",
  dataVersion: (version, readAt) => `${version}, leída el ${readAt}.`,
  siteVersion: (siteName, version) => `${siteName}: ${version}`,
  run: (id) => `${id} guarda el crédito de cada conversión que hay detrás de estas cifras.`,
  ratios: {
    roas: "ROAS = ingresos ÷ gasto",
    roi: "ROI = (ingresos − gasto) ÷ gasto",
    roiWithMargin: "ROI tras margen = (ingresos × margen − gasto) ÷ gasto",
    grossProfit: "Beneficio bruto = ingresos × margen",
    cpa: "CPA = gasto ÷ conversiones",
    breakEvenCpa: "CPA de equilibrio = ingresos × margen ÷ conversiones",
    paybackDays: "Recuperado en = días hasta que lo ingresado cubre lo gastado",
    ctr: "Tasa de clics = clics ÷ impresiones",
    cvr: "Tasa de conversión = conversiones ÷ visitantes",
    aov: "Pedido medio = ingresos ÷ conversiones",
  },
  withoutBase: (dash) => `Sin base: ${dash}.`,
  characters: (list) => `Se muestran como □ porque la fuente del informe no los tiene: ${list}.`,
  andMore: (count) => `y ${count} más`,
  notes: {
    lastDayOpen: (day) => `El ${day} aún no había terminado cuando se hizo el informe.`,
    asOf: (instant) => `Cifras a fecha de ${instant}.`,
    converted: (currencies) =>
      `Los importes en ${currencies} están convertidos con el tipo de cambio de su día.`,
    leftOut: (amount, conversions) =>
      `${amount} (${conversions}) no está en los ingresos: no hay tipo de cambio. Las conversiones cuentan; lo que se calcula con los ingresos es una raya.`,
    otherZones: (siteNames) => `Los días de ${siteNames} son los de su propia zona horaria.`,
    noDailyCredit:
      "El modelo reparte el período en su conjunto: de las campañas sueltas no dice nada por día ni por canal.",
    visitorsEstimated: (margin) =>
      `Los visitantes de varios días son personas distintas estimadas a partir de resúmenes, ± ${margin}.`,
  },
};
