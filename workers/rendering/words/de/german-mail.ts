import type { MailWords } from "#rendering/words/mail-words.ts";

export const GERMAN_MAIL: MailWords = {
  subject: (title, range) => `${title}: ${range}`,
  sentBy: (sender, subject) =>
    `Sie erhalten diese Mail, weil ${sender} Ihnen mit Waymark diesen Bericht über ${subject} geschickt hat.`,
  scheduledBy: (sender, schedule) =>
    `Sie erhalten diese Mail, weil ${sender} Sie in Waymark in den Versandplan „${schedule}“ aufgenommen hat.`,
  attached: (files) => `Der vollständige Bericht ist angehängt (${files}).`,
  linked: (files) => `Der vollständige Bericht (${files}) ist zu groß für eine Mail: hier herunterladen.`,
  linkEnds: (day) => `Der Link gilt bis ${day}.`,
  download: "Bericht herunterladen",
  openInWaymark: "In Waymark öffnen",
  unsubscribe: "Abbestellen",
  preferences: "Auswählen, was Sie erhalten",
  testMail: "Dies ist ein Test: Er ging nur an Sie.",
  question: {
    sender: (person, account) => `${person} von ${account}`,
    reports: "Berichte",
    report: (title) => `den Bericht „${title}“`,
    subject: (sender, what) => `${sender} möchte Ihnen ${what} schicken`,
    intro: (sender, what) =>
      `${sender} möchte Ihnen ${what} mit Waymark schicken. Das geschieht erst, wenn Sie zustimmen, und ein Link in jeder Mail beendet es.`,
    yes: "Ja, bitte schicken",
    orOpen: "Oder öffnen Sie diese Adresse:",
    ending: (days, account) =>
      `Der Link gilt ${days} Tage. Wenn Sie das nicht möchten, lassen Sie diese Mail liegen, oder öffnen Sie den Link und sagen Sie Nein: Dann kann niemand von ${account} noch einmal fragen.`,
    reason: (sender) =>
      `Sie erhalten diese Mail, weil ${sender} Ihre Adresse bei Waymark angegeben hat, das die Berichte erstellt.`,
  },
};
