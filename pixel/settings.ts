// What the snippet says: the very element that runs this.
export const { src, dataset: snippet } = document.currentScript as HTMLScriptElement;

/** Only `data-identity="first-party"` keeps anything on the device; without it nothing is ever stored. */
export const isFirstParty = (): boolean => snippet.identity === "first-party";

/** `data-consent="required"`: no id before `waymark('consent', 'granted')`. A word that we do not know asks, too. */
export const isConsentRequired = (): unknown => snippet.consent;

/** Where `e` and `r/…` are: the origin of this script, or a folder of the site's own that passes them on. */
export const base = new URL(snippet.endpoint || "/", src);
