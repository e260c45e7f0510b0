/** What a report mail says around the figures. Names and days come in already written. */
export type MailWords = {
  readonly subject: (title: string, range: string) => string;
  /** Why the reader gets it, at the foot. */
  readonly sentBy: (sender: string, subject: string) => string;
  readonly scheduledBy: (sender: string, schedule: string) => string;
  /** `files`: "PDF, XLSX". */
  readonly attached: (files: string) => string;
  /** The files are too large for a mail: the link leads to them. */
  readonly linked: (files: string) => string;
  readonly linkEnds: (day: string) => string;
  readonly download: string;
  readonly openInWaymark: string;
  readonly unsubscribe: string;
  readonly preferences: string;
  readonly testMail: string;
  readonly question: QuestionWords;
};

/** Whether somebody outside an account wants its reports. */
export type QuestionWords = {
  /** "Mara of Nordkost". */
  readonly sender: (person: string, account: string) => string;
  readonly reports: string;
  readonly report: (title: string) => string;
  /** `what`: `reports` or `report` of a title. */
  readonly subject: (sender: string, what: string) => string;
  readonly intro: (sender: string, what: string) => string;
  readonly yes: string;
  readonly orOpen: string;
  readonly ending: (days: number, account: string) => string;
  readonly reason: (sender: string) => string;
};
