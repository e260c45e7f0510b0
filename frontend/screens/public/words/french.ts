import type { PublicWords } from "./public-words.ts";

export const FRENCH: PublicWords = {
  language: "fr",
  question: {
    title: "Rapports par e-mail",
    heading: (account) => `Voulez-vous les rapports de ${account}\u00a0?`,
    wants: (sender, report) =>
      `${sender} souhaite envoyer ${report === null ? "des rapports" : `«\u00a0${report}\u00a0»`} à`,
    mayEnd: "Chaque message permet de se désabonner.",
    yes: "Oui, je les veux",
    no: "Non, jamais",
    agreed: "Vous les recevez désormais",
    agreedText: (account, address) =>
      `Les rapports de ${account} sont envoyés à ${address}. Ce qui attendait votre réponse arrive bientôt.`,
    declined: "Vous n’en recevez aucun",
    declinedText: (account, address) => `${account} ne peut plus envoyer de rapports à ${address}.`,
    isOld: "Ce lien n’est plus valable",
    isOldText:
      "Il a déjà reçu une réponse ou date de plus de 30 jours. La personne qui souhaite vous envoyer des rapports peut vous le faire demander à nouveau.",
  },
  subscription: {
    title: "Vos rapports par e-mail",
    heading: (account) => `Rapports de ${account}`,
    mailedTo: (address) => `Envoyés à ${address}.`,
    all: (account) => `Tous les rapports de ${account}`,
    isOn: "Vous recevez ces messages.",
    isOff: "Vous ne recevez aucun de ces messages.",
    end: "Se désabonner",
    endOf: (name) => `Se désabonner de ${name}`,
    comeAgain: "S’abonner à nouveau",
    comeAgainOf: (name) => `S’abonner à nouveau à ${name}`,
    isUnknown: "Ce lien ne correspond à aucun de nos messages",
    isUnknownText: "Ouvrez le lien d’un rapport plus récent, ou demandez à la personne qui vous l’envoie.",
  },
  share: {
    title: "Rapport",
    isClosed: "Ce lien n’ouvre rien",
    isClosedText:
      "Il a expiré, a été retiré ou a perdu une lettre en route. Demandez-en un nouveau à la personne qui l’a envoyé.",
    foot: "Partagé par lien. Qui a le lien lit ce rapport, et rien d’autre.",
    print: "Imprimer",
    hasPassword: "Ce rapport a un mot de passe",
    whoKnows: "La personne qui vous a envoyé le lien le connaît.",
    password: "Mot de passe",
    enterPassword: "Saisissez le mot de passe",
    open: "Ouvrir le rapport",
  },
  notSaved: "Cela n’a pas été enregistré.",
};
