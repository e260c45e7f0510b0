/** What an installation check can find, in the order in which it is told. */
export const INSTALL_CODES = [
  "installed",
  "page_unreachable",
  "page_refused",
  "page_not_html",
  "page_elsewhere",
  "silenced",
  "snippet_missing",
  "tag_manager",
  "key_missing",
  "wrong_key",
  "foreign_endpoint",
  "policy_blocks_script",
  "policy_blocks_sending",
  "origin_not_allowed",
  "snippet_twice",
  "identity_differs",
  "consent_differs",
  "consent_call_missing",
] as const;

export type InstallCode = (typeof INSTALL_CODES)[number];

/** `blocks`: no event can arrive. `warns`: events arrive, but not as you would think. `hint`: worth a look. */
export type InstallLevel = "good" | "blocks" | "warns" | "hint";

export type InstallFinding = {
  code: InstallCode;
  level: InstallLevel;
  /** What the page has: a key, an address, a directive. */
  found: string | null;
  /** What it should have. */
  expected: string | null;
  /** Text to copy that mends it. */
  fix: string | null;
};

export type InstallFacts = Partial<Pick<InstallFinding, "found" | "expected" | "fix">>;

/** A finding; what it does not say is null. */
export function finding(code: InstallCode, level: InstallLevel, facts: InstallFacts = {}): InstallFinding {
  return { code, level, found: null, expected: null, fix: null, ...facts };
}
