// What the snippet says. `currentScript` is this very element while the script runs; a bundler that made a module
// of it leaves none, then the attribute finds it.
const script = (document.currentScript || document.querySelector("script[data-site]")) as HTMLScriptElement;
const said = script.dataset;

export const site = said.site;
export const campaign = said.campaign;
export const promoCode = said.promo;

/** Only `data-identity="first-party"` keeps anything on the device; without it nothing is ever stored. */
export const isFirstParty = said.identity === "first-party";

/** `data-consent="required"`: no id before `waymark('consent', 'granted')`. */
export const isConsentRequired = said.consent === "required";

export const endpoint = said.endpoint || new URL("/e", script.src).href;

/** Short links live beside the endpoint. */
export const shortLinks = endpoint.replace(/e$/, "r/");
