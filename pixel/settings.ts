// What the snippet says: the very element that runs this.
const {
  src,
  dataset: { site, campaign, promo: promoCode, identity, consent: asked, endpoint },
} = document.currentScript as HTMLScriptElement;

export { site, campaign, promoCode, endpoint };

/** Only `data-identity="first-party"` keeps anything on the device; without it nothing is ever stored. */
export const isFirstParty = (): boolean => identity === "first-party";

/** `data-consent="required"`: no id before `waymark('consent', 'granted')`. A word that we do not know asks, too. */
export const isConsentRequired = (): unknown => asked;

/** Where `e` and `r/…` are: the origin of this script, or a folder of the site's own that passes them on. */
export const base = new URL(endpoint || "/", src);
