import type { PublicWords } from "./public-words.ts";

export const ENGLISH: PublicWords = {
  language: "en",
  question: {
    title: "Reports by mail",
    heading: (account) => `Do you want reports of ${account}?`,
    wants: (sender, report) => `${sender} wants to mail ${report === null ? "reports" : `“${report}”`} to`,
    mayEnd: "You can unsubscribe in each mail.",
    yes: "Yes, send them",
    no: "No, never",
    agreed: "You get them from now on",
    agreedText: (account, address) =>
      `Reports of ${account} go to ${address}. What was waiting for your answer comes next.`,
    declined: "You get none",
    declinedText: (account, address) => `${account} cannot mail reports to ${address} any more.`,
    isOld: "This link does not work any more",
    isOldText:
      "It was answered already, or it is older than 30 days. Whoever wants to send you reports can have you asked again.",
  },
  subscription: {
    title: "Your reports by mail",
    heading: (account) => `Reports of ${account}`,
    mailedTo: (address) => `Mailed to ${address}.`,
    all: (account) => `All reports of ${account}`,
    isOn: "You get these mails.",
    isOff: "You get none of these mails.",
    end: "Unsubscribe",
    endOf: (name) => `Unsubscribe from ${name}`,
    comeAgain: "Subscribe again",
    comeAgainOf: (name) => `Subscribe again to ${name}`,
    isUnknown: "This link belongs to no mail of ours",
    isUnknownText: "Open the link of a newer report, or ask whoever sends it to you.",
  },
  share: {
    title: "Report",
    isClosed: "This link opens nothing",
    isClosedText:
      "It has expired, was taken back, or lost a letter on the way. Ask whoever sent it for a new one.",
    foot: "Shared by link. Whoever has the link reads this report, and nothing else.",
    print: "Print",
    hasPassword: "This report has a password",
    whoKnows: "Whoever sent you the link knows it.",
    password: "Password",
    enterPassword: "Enter the password",
    open: "Open report",
  },
  notSaved: "That was not saved.",
};
