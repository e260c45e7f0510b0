import { listen } from "./guarded.ts";
import { record } from "./page-views.ts";
import { base } from "./settings.ts";

const PROMO_FIELDS =
  "[data-waymark-promo],[name=promo],[name=promoCode],[name=promo_code],[name=coupon],[name=discount]";
const MAX_TEXT = 99;

type Interaction = { type: string; target: Element; button?: number };

/** Clicks and forms are only seen, never held: the page goes on as if we were not there. */
export function watchInteractions(): void {
  listen("click auxclick submit", see);
}

function see({ type, target, button = 0 }: Interaction): void {
  // The right button opens a menu, not a page.
  if (button > 1) return;
  const converting = target.closest<HTMLElement>("[data-waymark-conversion]");
  // A form converts when it is sent, anything else when it is clicked.
  if (converting && (converting.tagName === "FORM") === (type === "submit")) convert(converting);

  const link = target.closest<HTMLAnchorElement>("a[href]");
  if (link && isCampaignLink(link)) {
    record({ type: "click", link: link.href, text: link.text.trim().slice(0, MAX_TEXT) });
  }
}

function convert(element: HTMLElement): void {
  const { waymarkConversion: type, value, currency, orderId, promo } = element.dataset;
  const promoCode = element.querySelector<HTMLInputElement>(PROMO_FIELDS)?.value || promo;
  record({ type: "conversion", conversion: { type, value, currency, orderId, promoCode } });
}

/** Leaves the site, or names a campaign. What is no page, such as `mailto:`, has no host. */
function isCampaignLink({ host, href }: HTMLAnchorElement): unknown {
  return host && (host !== location.host || /[?&]utm_/.test(href) || href.startsWith(base + "r/"));
}
