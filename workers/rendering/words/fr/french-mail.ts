import type { MailWords } from "#rendering/words/mail-words.ts";

export const FRENCH_MAIL: MailWords = {
  subject: (title, range) => `${title}\u00a0: ${range}`,
  sentBy: (sender, subject) =>
    `Vous recevez ce message parce que ${sender} vous a envoyé ce rapport sur ${subject} avec Waymark.`,
  scheduledBy: (sender, schedule) =>
    `Vous recevez ce message parce que ${sender} vous a inscrit à l’envoi «\u00a0${schedule}\u00a0» dans Waymark.`,
  attached: (files) => `Le rapport complet est joint (${files}).`,
  linked: (files) =>
    `Le rapport complet (${files}) est trop volumineux pour un message\u00a0: téléchargez-le ici.`,
  linkEnds: (day) => `Le lien est valable jusqu’au ${day}.`,
  download: "Télécharger le rapport",
  openInWaymark: "Ouvrir dans Waymark",
  unsubscribe: "Se désabonner",
  preferences: "Choisir ce que vous recevez",
  testMail: "Ceci est un test\u00a0: il n’a été envoyé qu’à vous.",
  question: {
    sender: (person, account) => `${person} de ${account}`,
    reports: "des rapports",
    report: (title) => `le rapport «\u00a0${title}\u00a0»`,
    subject: (sender, what) => `${sender} souhaite vous envoyer ${what}`,
    intro: (sender, what) =>
      `${sender} souhaite vous envoyer ${what} avec Waymark. Rien n’est envoyé avant votre accord, et un lien dans chaque message y met fin.`,
    yes: "Oui, je le veux",
    orOpen: "Ou ouvrez cette adresse\u00a0:",
    ending: (days, account) =>
      `Le lien est valable ${days} jours. Si vous ne le souhaitez pas, ignorez ce message, ou ouvrez le lien et répondez non\u00a0: personne de ${account} ne pourra plus le demander.`,
    reason: (sender) =>
      `Vous recevez ce message parce que ${sender} a donné votre adresse à Waymark, qui établit ses rapports.`,
  },
};
