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
};
