import type { ReportWords } from "#rendering/words/report-words.ts";

export const SPANISH_CHANNELS: ReportWords["channels"] = {
  direct: "Directo",
  "organic-search": "Búsqueda orgánica",
  "paid-search": "Búsqueda de pago",
  "organic-social": "Redes sociales orgánicas",
  "paid-social": "Redes sociales de pago",
  "organic-video": "Vídeo orgánico",
  "paid-video": "Vídeo de pago",
  "organic-shopping": "Shopping orgánico",
  "paid-shopping": "Shopping de pago",
  display: "Display",
  "paid-other": "Otros de pago",
  "cross-network": "Multirred",
  email: "Correo electrónico",
  affiliates: "Afiliados",
  referral: "Sitios de referencia",
  audio: "Audio",
  sms: "SMS",
  push: "Notificaciones móviles",
  podcast: "Pódcast",
  influencer: "Influencers",
  offline: "Fuera de línea",
  unassigned: "Sin clasificar",
};

export const SPANISH_MODELS: ReportWords["models"] = {
  first: { name: "Primer contacto", meaning: "todo el crédito va al primer contacto del recorrido" },
  last: { name: "Último contacto", meaning: "todo el crédito va al último contacto antes de la conversión" },
  last_non_direct: {
    name: "Último no directo",
    meaning: "todo el crédito va al último contacto que no es una visita directa; si todos lo son, al último",
  },
  linear: { name: "Lineal", meaning: "cada contacto del recorrido recibe la misma parte del crédito" },
  position: {
    name: "Posición",
    meaning: "el primer y el último contacto reciben las partes mayores, los demás se reparten el resto",
  },
  time_decay: {
    name: "Decaimiento",
    meaning: "cuanto más cerca de la conversión está un contacto, mayor es su parte",
  },
  participation: {
    name: "Participación",
    meaning: "cada participante recibe la conversión entera, por lo que las filas suman más que el total",
  },
  markov: {
    name: "Márkov",
    meaning:
      "cada uno recibe lo que se perdería sin él, según las transiciones de todos los recorridos del período",
  },
  shapley: {
    name: "Shapley",
    meaning: "cada uno recibe su aportación media en todos los órdenes en que los contactos pudieron llegar",
  },
};
