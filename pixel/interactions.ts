import { listen } from "./guarded.ts";
import { record } from "./page-views.ts";
import { base } from "./settings.ts";

const PROMO_FIELDS =
  "[data-waymark-promo],[name=promo],[name=promoCode],[name=promo_code],[name=coupon],[name=discount]";
const MAX_TEXT = 99;

type Interaction = { type: string; target: Element; button: number };

// oxlint-disable-next-line complexity -- each function more costs some of the script's 1,800 bytes
const see = ({ type, target, button }: Interaction): void => {
  // The right button opens a menu, not a page.
  if (button > 1) return;
  const converting = target.closest<HTMLFormElement>("[data-waymark-conversion]");
  // A form, which alone can be reset, converts when it is sent (the type that sorts last), anything else when it is clicked.
  if (converting && !converting.reset === type < "s") {
    const said = converting.dataset;
    record({
      type: "conversion",
      conversion: {
        type: said["waymarkConversion"],
        value: said["value"],
        currency: said["currency"],
        orderId: said["orderId"],
        promoCode: converting.querySelector<HTMLInputElement>(PROMO_FIELDS)?.value || said["promo"],
      },
    });
  }

  const link = target.closest<HTMLAnchorElement>("a[href]");
  // Leaves the site, or names a campaign. What is no page, such as `mailto:`, has no host.
  if (
    link?.host &&
    (link.host !== location.host ||
      /[?&]utm_/.test(link as unknown as string) ||
      !link.href.indexOf(base + "r/"))
  )
    record({ type: "click", link: link.href, text: link.text.trim().slice(0, MAX_TEXT) });
};

/** Clicks and forms are only seen, never held: the page goes on as if we were not there. */
export const watchInteractions = (): void => {
  listen("click auxclick submit", see);
};
