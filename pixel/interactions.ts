import { listen } from "./guarded.ts";
import { record } from "./page-views.ts";
import { shortLinks } from "./settings.ts";

const PROMO_FIELDS =
  "[data-waymark-promo],[name=promo],[name=promoCode],[name=promo_code],[name=coupon],[name=discount]";
const CONVERSION = "[data-waymark-conversion]";
const MAX_TEXT = 99;

/** Clicks and forms are only seen, never held: the page goes on as if we were not there. */
export function watchInteractions(): void {
  listen(document, "click", clicked);
  listen(document, "auxclick", clicked);
  listen(document, "submit", ({ target }: Event) => {
    const form = target as HTMLFormElement;
    if (form.matches(CONVERSION))
      convert(form, form.querySelector<HTMLInputElement>(PROMO_FIELDS)?.value.trim());
  });
}

function clicked({ target, button }: MouseEvent): void {
  // The right button opens a menu, not a page.
  if (button > 1) return;
  const element = target as Element;
  const converting = element.closest<HTMLElement>(CONVERSION);
  if (converting && converting.tagName !== "FORM") convert(converting);

  const link = element.closest<HTMLAnchorElement>("a[href]");
  if (link && isCampaignLink(link)) {
    record({ type: "click", link: link.href, text: (link.textContent || "").trim().slice(0, MAX_TEXT) });
  }
}

/** Leaves the site, or names a campaign. */
function isCampaignLink({ protocol, host, search, href }: HTMLAnchorElement): boolean {
  return (
    /^https?:/.test(protocol) &&
    (host !== location.host || /[?&]utm_/.test(search) || href.startsWith(shortLinks))
  );
}

function convert({ dataset }: HTMLElement, typedPromo?: string): void {
  record({
    type: "conversion",
    conversion: {
      type: dataset.waymarkConversion || undefined,
      value: dataset.value || undefined,
      currency: dataset.currency || undefined,
      orderId: dataset.orderId,
      promoCode: typedPromo || dataset.promo,
    },
  });
}
