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
  question: {
    sender: (person, account) => `${person} of ${account}`,
    reports: "reports",
    report: (title) => `the report “${title}”`,
    subject: (sender, what) => `${sender} wants to send you ${what}`,
    intro: (sender, what) =>
      `${sender} wants to send you ${what} by Waymark. It is sent once you agree, and a link in each mail ends it.`,
    yes: "Yes, send it",
    orOpen: "Or open this address:",
    ending: (days, account) =>
      `The link works for ${days} days. If you do not want it, leave this mail, or open the link and say no: then nobody of ${account} can ask again.`,
    reason: (sender) =>
      `You get this mail because ${sender} gave your address to Waymark, which makes their reports.`,
  },
};
