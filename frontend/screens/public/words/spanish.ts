import type { PublicWords } from "./public-words.ts";

export const SPANISH: PublicWords = {
  language: "es",
  question: {
    title: "Informes por correo",
    heading: (account) => `¿Desea recibir informes de ${account}?`,
    wants: (sender, report) => `${sender} desea enviar ${report === null ? "informes" : `«${report}»`} a`,
    mayEnd: "En cada correo puede darse de baja.",
    yes: "Sí, quiero recibirlos",
    no: "No, nunca",
    agreed: "Los recibirá a partir de ahora",
    agreedText: (account, address) =>
      `Los informes de ${account} se envían a ${address}. Lo que esperaba su respuesta llega a continuación.`,
    declined: "No recibirá ninguno",
    declinedText: (account, address) => `${account} ya no puede enviar informes a ${address}.`,
    isOld: "Este enlace ya no funciona",
    isOldText:
      "Ya se ha respondido o tiene más de 30 días. Quien desee enviarle informes puede hacer que se le pregunte de nuevo.",
  },
  subscription: {
    title: "Sus informes por correo",
    heading: (account) => `Informes de ${account}`,
    mailedTo: (address) => `Se envían a ${address}.`,
    all: (account) => `Todos los informes de ${account}`,
    isOn: "Recibe estos correos.",
    isOff: "No recibe ninguno de estos correos.",
    end: "Darse de baja",
    endOf: (name) => `Darse de baja de ${name}`,
    comeAgain: "Volver a suscribirse",
    comeAgainOf: (name) => `Volver a suscribirse a ${name}`,
    isUnknown: "Este enlace no corresponde a ningún correo nuestro",
    isUnknownText: "Abra el enlace de un informe más reciente o pregunte a quien se lo envía.",
  },
  share: {
    title: "Informe",
    isClosed: "Este enlace no abre nada",
    isClosedText:
      "Ha caducado, se ha retirado o ha perdido una letra por el camino. Pida uno nuevo a quien se lo envió.",
    foot: "Compartido por enlace. Quien tiene el enlace lee este informe, y nada más.",
    print: "Imprimir",
    hasPassword: "Este informe tiene contraseña",
    whoKnows: "La conoce quien le envió el enlace.",
    password: "Contraseña",
    enterPassword: "Escriba la contraseña",
    open: "Abrir el informe",
  },
  notSaved: "No se ha guardado.",
};
