import type { ReportLanguage } from "#core/report/report-model.ts";

/** What pages for people without an account say, in one language. Names come in as they are. */
export type PublicWords = {
  readonly language: ReportLanguage;
  readonly question: {
    readonly title: string;
    readonly heading: (account: string) => string;
    /** Before the address; `report` null: it is not known which. */
    readonly wants: (sender: string, report: string | null) => string;
    /** After the address. */
    readonly mayEnd: string;
    readonly yes: string;
    readonly no: string;
    readonly agreed: string;
    readonly agreedText: (account: string, address: string) => string;
    readonly declined: string;
    readonly declinedText: (account: string, address: string) => string;
    readonly isOld: string;
    readonly isOldText: string;
  };
  readonly subscription: {
    readonly title: string;
    readonly heading: (account: string) => string;
    readonly mailedTo: (address: string) => string;
    readonly all: (account: string) => string;
    readonly isOn: string;
    readonly isOff: string;
    readonly end: string;
    readonly endOf: (name: string) => string;
    readonly comeAgain: string;
    readonly comeAgainOf: (name: string) => string;
    readonly isUnknown: string;
    readonly isUnknownText: string;
  };
  readonly share: {
    readonly title: string;
    readonly isClosed: string;
    readonly isClosedText: string;
    readonly foot: string;
    readonly print: string;
    readonly hasPassword: string;
    readonly whoKnows: string;
    readonly password: string;
    readonly enterPassword: string;
    readonly open: string;
  };
  readonly notSaved: string;
};
