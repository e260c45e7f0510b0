import type { MailWords } from "#rendering/words/mail-words.ts";

export const SPANISH_MAIL: MailWords = {
  subject: (title, range) => `${title}: ${range}`,
  sentBy: (sender, subject) =>
    `Recibe este correo porque ${sender} le ha enviado este informe de ${subject} con Waymark.`,
  scheduledBy: (sender, schedule) =>
    `Recibe este correo porque ${sender} le ha incluido en el envío «${schedule}» de Waymark.`,
  attached: (files) => `El informe completo va adjunto (${files}).`,
  linked: (files) => `El informe completo (${files}) es demasiado grande para un correo: descárguelo aquí.`,
  linkEnds: (day) => `El enlace funciona hasta el ${day}.`,
  download: "Descargar el informe",
  openInWaymark: "Abrir en Waymark",
  unsubscribe: "Darse de baja",
  preferences: "Elegir qué recibe",
  testMail: "Esto es una prueba: solo se le ha enviado a usted.",
  question: {
    sender: (person, account) => `${person} de ${account}`,
    reports: "informes",
    report: (title) => `el informe «${title}»`,
    subject: (sender, what) => `${sender} desea enviarle ${what}`,
    intro: (sender, what) =>
      `${sender} desea enviarle ${what} con Waymark. No se envía nada hasta que usted acepte, y un enlace en cada correo lo termina.`,
    yes: "Sí, quiero recibirlo",
    orOpen: "O abra esta dirección:",
    ending: (days, account) =>
      `El enlace funciona durante ${days} días. Si no lo desea, ignore este correo, o abra el enlace y diga que no: entonces nadie de ${account} podrá preguntar de nuevo.`,
    reason: (sender) =>
      `Recibe este correo porque ${sender} ha dado su dirección a Waymark, que elabora sus informes.`,
  },
};
