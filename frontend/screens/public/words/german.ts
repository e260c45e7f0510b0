import type { PublicWords } from "./public-words.ts";

export const GERMAN: PublicWords = {
  language: "de",
  question: {
    title: "Berichte per Mail",
    heading: (account) => `Möchten Sie Berichte von ${account}?`,
    wants: (sender, report) =>
      `${sender} möchte ${report === null ? "Berichte" : `„${report}“`} an diese Adresse schicken:`,
    mayEnd: "In jeder Mail können Sie sie abbestellen.",
    yes: "Ja, bitte schicken",
    no: "Nein, nie",
    agreed: "Sie bekommen sie ab jetzt",
    agreedText: (account, address) =>
      `Berichte von ${account} gehen an ${address}. Was auf Ihre Antwort gewartet hat, kommt als Nächstes.`,
    declined: "Sie bekommen keine",
    declinedText: (account, address) => `${account} kann keine Berichte mehr an ${address} schicken.`,
    isOld: "Dieser Link gilt nicht mehr",
    isOldText:
      "Er wurde schon beantwortet oder ist älter als 30 Tage. Wer Ihnen Berichte schicken möchte, kann Sie noch einmal fragen lassen.",
  },
  subscription: {
    title: "Ihre Berichte per Mail",
    heading: (account) => `Berichte von ${account}`,
    mailedTo: (address) => `Sie gehen an ${address}.`,
    all: (account) => `Alle Berichte von ${account}`,
    isOn: "Sie bekommen diese Mails.",
    isOff: "Sie bekommen keine dieser Mails.",
    end: "Abbestellen",
    endOf: (name) => `${name} abbestellen`,
    comeAgain: "Wieder bestellen",
    comeAgainOf: (name) => `${name} wieder bestellen`,
    isUnknown: "Dieser Link gehört zu keiner unserer Mails",
    isUnknownText: "Öffnen Sie den Link eines neueren Berichts, oder fragen Sie, wer ihn Ihnen schickt.",
  },
  share: {
    title: "Bericht",
    isClosed: "Dieser Link öffnet nichts",
    isClosedText:
      "Er ist abgelaufen, wurde zurückgenommen oder hat unterwegs einen Buchstaben verloren. Fragen Sie nach einem neuen, wer ihn geschickt hat.",
    foot: "Per Link geteilt. Wer den Link hat, liest diesen Bericht und sonst nichts.",
    print: "Drucken",
    hasPassword: "Dieser Bericht hat ein Passwort",
    whoKnows: "Wer Ihnen den Link geschickt hat, kennt es.",
    password: "Passwort",
    enterPassword: "Geben Sie das Passwort ein",
    open: "Bericht öffnen",
  },
  notSaved: "Das wurde nicht gespeichert.",
};
