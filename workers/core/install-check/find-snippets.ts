import type { HtmlTag } from "./html-tags.ts";

/** A snippet found in a page's source. */
export type Snippet = {
  /** As written; null where a script adds the snippet and names no address. */
  src: string | null;
  siteKey: string | null;
  endpoint: string | null;
  identity: string | null;
  consent: string | null;
  nonce: string | undefined;
  /** A script writes the tag, as a tag manager would. */
  isLoader: boolean;
};

const SCRIPT_NAME = /(^|\/)attribution\.js(\?|#|$)/i;
const KEY = /wms_[a-z0-9]+/i;

/** Every snippet of a page: tags that load `attribution.js` or carry our key, and scripts that write such a tag. */
export function findSnippets(tags: readonly HtmlTag[]): Snippet[] {
  return tags.filter(({ name }) => name === "script").flatMap((tag) => ofTag(tag) ?? ofLoader(tag) ?? []);
}

function ofTag({ attributes }: HtmlTag): Snippet | null {
  const told = (name: string): string | null => attributes.get(name) ?? null;
  const src = told("src");
  if (src === null || !(SCRIPT_NAME.test(src) || KEY.test(told("data-site") ?? ""))) return null;
  return {
    src,
    siteKey: told("data-site"),
    endpoint: told("data-endpoint"),
    identity: told("data-identity"),
    consent: told("data-consent"),
    nonce: attributes.get("nonce"),
    isLoader: false,
  };
}

const LOADED = /["'`]([^"'`\s]*\/attribution\.js)["'`?]/i;
const SET_IDENTITY = /data-identity["'`]\s*,\s*["'`]([a-z-]+)/i;
const SET_CONSENT = /data-consent["'`]\s*,\s*["'`]([a-z-]+)/i;

function ofLoader({ text }: HtmlTag): Snippet | null {
  const [, src] = LOADED.exec(text) ?? [];
  const [siteKey] = KEY.exec(text) ?? [];
  if (src === undefined || siteKey === undefined) return null;
  return {
    src,
    siteKey,
    endpoint: null,
    identity: SET_IDENTITY.exec(text)?.[1] ?? null,
    consent: SET_CONSENT.exec(text)?.[1] ?? null,
    nonce: undefined,
    isLoader: true,
  };
}

const CONTAINER = /GTM-[A-Z0-9]{4,12}/;

/** The id of a Google Tag Manager container in the page, `GTM-` if its id cannot be told; null without one. */
export function findTagManager(tags: readonly HtmlTag[]): string | null {
  for (const { attributes, text } of tags) {
    const source = `${attributes.get("src") ?? ""} ${text}`;
    if (!source.includes("googletagmanager.com/gtm")) continue;
    return CONTAINER.exec(source)?.[0] ?? "GTM-";
  }
  return null;
}

/** Whether a script in the page's own source tells the pixel of consent. Bundled scripts cannot be seen from here. */
export function hasConsentCall(tags: readonly HtmlTag[]): boolean {
  return tags.some(({ text }) => /waymark\s*\(\s*["'`]consent["'`]/.test(text));
}
