import type { InstallCheck } from "#contract/tracking.ts";
import type { Tone } from "#frontend/parts/notice.tsx";

export type Finding = InstallCheck["findings"][number];
export type FindingWords = {
  title: string;
  text: string;
  /** What the text to copy is, read aloud by the button. */
  copies?: string;
  /** Where in the dashboard it is mended. */
  leadsTo?: { path: string; label: string };
};

export const FINDING_TONES: Readonly<Record<Finding["level"], Tone>> = {
  good: "good",
  blocks: "bad",
  warns: "warn",
  hint: "note",
};

const REASONS: Readonly<Record<string, string>> = {
  timeout: "did not answer within five seconds",
  no_answer: "did not answer",
};

/** What a finding means and how it is mended. */
const WORDS: Readonly<Record<Finding["code"], (finding: Finding) => FindingWords>> = {
  installed: ({ found }) => ({
    title: "The snippet is there, and nothing keeps it from working.",
    text: `Open ${shown(found)} in a browser: its page view appears within seconds. A blocker in your own browser may keep yours back.`,
  }),
  page_unreachable: ({ found, expected }) => ({
    title: "The page cannot be reached.",
    text: `${shown(expected)} ${REASONS[found ?? ""] ?? "did not answer"}. Is the address right, and is the page open to everybody?`,
  }),
  page_refused: ({ found, expected }) => ({
    title: `The page answers with an error (${shown(found)}).`,
    text: `${shown(expected)} could not be read. A page behind a login or a firewall cannot be checked from here; what it sends still counts.`,
  }),
  page_not_html: ({ found }) => ({
    title: "This address is no web page.",
    text: `It is ${shown(found, "of an unknown kind")}. Name a page that your visitors see.`,
  }),
  page_elsewhere: ({ found, expected }) => ({
    title: "The page leads to another site.",
    text: `It redirects to ${shown(found)}, which is not a host of ${shown(expected)}. If that is yours, add it to your other domains.`,
    leadsTo: { path: "/settings/privacy", label: "Open settings" },
  }),
  silenced: () => ({
    title: "This site is told to be silent.",
    text: "Pixels stop on its pages, because the site is switched off in the settings.",
    leadsTo: { path: "/settings/general", label: "Open settings" },
  }),
  snippet_missing: () => ({
    title: "The snippet is not on this page.",
    text: "Paste it into the <head>, or into the template that your pages share, and publish. A cache may still serve the old page.",
    copies: "snippet",
  }),
  tag_manager: ({ found }) => ({
    title: "The snippet is not in the source, but a tag manager is.",
    text: `${shown(found)} may add it in the browser, which cannot be seen from here. See that the tag is published and fires on all pages.`,
    leadsTo: { path: "/settings/install", label: "See the steps" },
  }),
  key_missing: () => ({
    title: "The snippet has no site key.",
    text: "Without data-site nobody knows whose events they are. Tag managers drop data- attributes: use their own snippet there.",
    copies: "snippet",
  }),
  wrong_key: ({ found, expected }) => ({
    title: "The snippet carries another site's key.",
    text: `The page has ${shown(found)}, this site is ${shown(expected)}. Its events count elsewhere, or nowhere.`,
    copies: "snippet",
  }),
  foreign_endpoint: ({ found, expected }) => ({
    title: "The script comes from somewhere else.",
    text: `The page loads ${shown(found)}; this installation is at ${shown(expected)}.`,
    copies: "snippet",
  }),
  policy_blocks_script: ({ found }) => ({
    title: "A security policy keeps the script from loading.",
    text: `The page's Content-Security-Policy says ${shown(found)}. Put this in its place:`,
    copies: "directive",
  }),
  policy_blocks_sending: ({ found }) => ({
    title: "A security policy keeps events from being sent.",
    text: `The page's Content-Security-Policy says ${shown(found)}. Put this in its place:`,
    copies: "directive",
  }),
  origin_not_allowed: ({ found, expected }) => ({
    title: "This page's origin may not send.",
    text: `${shown(found)} is not among the allowed origins (${shown(expected)}): its events are refused. Add it:`,
    copies: "origin",
    leadsTo: { path: "/settings/privacy", label: "Open settings" },
  }),
  snippet_twice: ({ found }) => ({
    title: `The snippet is there ${shown(found)} times.`,
    text: "Each one counts the page view for itself. Leave one.",
  }),
  identity_differs: ({ found, expected }) => ({
    title: "The snippet is older than the settings.",
    text: `It recognises visitors ${shown(found)}, the site is set to ${shown(expected)}. Paste the new one.`,
    copies: "snippet",
  }),
  consent_differs: ({ found, expected }) => ({
    title: "The snippet and the settings differ on consent.",
    text: `In the snippet consent is ${shown(found)}, in the settings ${shown(expected)}. Paste the new one.`,
    copies: "snippet",
  }),
  consent_call_missing: () => ({
    title: "No call tells of consent.",
    text: "Until your banner makes this call, visitors are treated as without consent. A bundled script may make it; that cannot be seen from here.",
    copies: "consent call",
  }),
};

export function findingWords(finding: Finding): FindingWords {
  return WORDS[finding.code](finding);
}

function shown(text: string | null, otherwise = "nothing"): string {
  return text === null || text === "" ? otherwise : text;
}
