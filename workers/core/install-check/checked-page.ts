export type CheckedSite = {
  siteKey: string;
  identity: "first-party" | "cookieless";
  consentRequired: boolean;
  origins: readonly string[];
  silent: boolean;
  /** The line of HTML to paste. */
  snippet: string;
};

export type CheckedPage = {
  /** Address after all redirects, and its origin. */
  url: string;
  origin: string;
  html: string;
  /** Values of `Content-Security-Policy`; a policy that only reports blocks nothing. */
  policies: readonly string[];
  /** Where the snippet loads from and sends to, without a slash at the end. */
  collectOrigin: string;
};
