import type { MailWords } from "#rendering/words/mail-words.ts";

export const ENGLISH_MAIL: MailWords = {
  subject: (title, range) => `${title}: ${range}`,
  sentBy: (sender, subject) =>
    `You get this mail because ${sender} sent you this report of ${subject} with Waymark.`,
  scheduledBy: (sender, schedule) =>
    `You get this mail because ${sender} put you on the schedule "${schedule}" in Waymark.`,
  attached: (files) => `The full report is attached (${files}).`,
  linked: (files) => `The full report (${files}) is too large for a mail: download it here.`,
  linkEnds: (day) => `The link works until ${day}.`,
  download: "Download the report",
  openInWaymark: "Open in Waymark",
  unsubscribe: "Unsubscribe",
  preferences: "Choose what you get",
  testMail: "This is a test: it went to you alone.",
};
