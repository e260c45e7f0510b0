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
};
