// What the snippet says: the very element that runs this.
const script = document.currentScript as HTMLScriptElement;
const said = script.dataset;

export const site = said.site;
export const campaign = said.campaign;
export const promoCode = said.promo;

/** Only `data-identity="first-party"` keeps anything on the device; without it nothing is ever stored. */
export const isFirstParty = said.identity === "first-party";

/** `data-consent="required"`: no id before `waymark('consent', 'granted')`. */
export const isConsentRequired = said.consent === "required";

/** Where `e` and `r/…` are: the origin of this script, or a folder of the site's own that passes them on. */
export const base = new URL(said.endpoint || "/", script.src).href;
