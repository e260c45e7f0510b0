import { describe, expect, it } from "vitest";

import { EVENT_TYPES, type EventType } from "#core/events/event-type.ts";
import { opensNoTouchpoint } from "#core/sources/no-touchpoint-hosts.ts";
import { OPENS } from "#core/sources/opening.ts";
import { readPageAddress } from "#core/sources/page-address.ts";
import {
  CLICK_ID_KINDS,
  PROMO_PARAMETERS,
  readSource,
  type SourceQuestion,
} from "#core/sources/read-source.ts";
import { DIRECT_TUPLE, type SourceTuple } from "#core/sources/source-tuple.ts";

const PAGE = "https://shop.example/";

type Asked = Partial<Omit<SourceQuestion, "address">> & { type: EventType; url?: string };

function ask({ url, ...question }: Asked) {
  return readSource({
    ownHosts: ["shop.example", "pay.shop-group.example"],
    isImported: false,
    address: url === undefined ? null : readPageAddress(url),
    ...question,
  });
}

function view(url: string, referrer?: string) {
  return ask({ type: "pageview", url, referrer });
}

function source(fields: Partial<SourceTuple>) {
  return { opens: OPENS.source, tuple: { ...DIRECT_TUPLE, ...fields } };
}

const DIRECT = { opens: OPENS.direct, tuple: DIRECT_TUPLE };
const NOTHING = { opens: OPENS.nothing, tuple: null };

describe("a page view without tags", () => {
  it.each([
    [undefined],
    [""],
    ["about:blank"],
    ["not an address"],
    ["file:///home/page.html"],
    ["android-app://"],
    ["android-app:///"],
  ])("is direct with the referrer %j", (referrer) => {
    expect(view(PAGE, referrer)).toEqual(DIRECT);
  });

  it.each([
    ["https://blog.example/post?x=1", "blog.example"],
    ["https://www.blog.example/", "blog.example"],
    ["https://BLOG.example:8443/", "blog.example"],
    ["https://shop.example.evil.example/", "shop.example.evil.example"],
    ["https://myshop.example/", "myshop.example"],
    ["https://shop.example@blog.example/", "blog.example"],
    ["android-app://com.google.android.gm/", "com.google.android.gm"],
    ["android-app://com.Slack", "com.slack"],
  ])("comes from the outside host of %s", (referrer, referrerHost) => {
    expect(view(PAGE, referrer)).toEqual(source({ referrerHost }));
  });

  it.each([
    "https://shop.example/cart",
    "https://www.shop.example/",
    "https://shop.example:8443/",
    "https://help.shop.example/",
    "https://pay.shop-group.example/",
    "https://eu.pay.shop-group.example/",
    "https://www.paypal.com/checkout",
    "https://checkout.stripe.com/pay",
    "https://hooks.stripe.com/",
    "https://accounts.google.com/signin",
    "https://shop.eu.auth0.com/login",
    "https://payments.klarna.com/",
  ])("opens nothing when it comes from %s", (referrer) => {
    expect(view(PAGE, referrer)).toEqual(NOTHING);
  });

  it("knows the page's own host and what is under it though the site did not list them", () => {
    expect(view("https://blog.other.example/", "https://blog.other.example/a")).toEqual(NOTHING);
    expect(view("https://other.example/", "https://eu.other.example/a")).toEqual(NOTHING);
    expect(view("https://blog.other.example/", "https://other.example/")).toEqual(
      source({ referrerHost: "other.example" }),
    );
  });

  it("opens nothing without a page's address", () => {
    expect(ask({ type: "pageview", referrer: "https://blog.example/" })).toEqual(NOTHING);
    expect(view("mailto:a@shop.example", "https://blog.example/")).toEqual(NOTHING);
  });
});

describe("a page view with tags", () => {
  it("reads the whole utm tuple: source and medium folded, the rest as it was written", () => {
    const url = `${PAGE}?utm_source=+News&utm_medium=EMail&utm_campaign=Spring+Sale&utm_content=Top&utm_term=red%20shoes`;
    expect(view(url)).toEqual(
      source({
        utmSource: "news",
        utmMedium: "email",
        utmCampaign: "Spring Sale",
        utmContent: "Top",
        utmTerm: "red shoes",
      }),
    );
  });

  it("lets utm and click ids beat the referrer, own hosts and payment providers included", () => {
    for (const referrer of ["https://google.com/", "https://shop.example/", "https://paypal.com/"]) {
      expect(view(`${PAGE}?utm_source=news`, referrer)).toEqual(source({ utmSource: "news" }));
      expect(view(`${PAGE}?gclid=abc`, referrer)).toEqual(source({ clickIdKind: "gclid" }));
    }
  });

  const utm = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"];
  it.each([...utm, ...CLICK_ID_KINDS])("is not tagged by an empty %s", (name) => {
    expect(view(`${PAGE}?${name}=`)).toEqual(DIRECT);
    expect(view(`${PAGE}?${name}=%20%00`)).toEqual(DIRECT);
    expect(view(`${PAGE}?${name}`)).toEqual(DIRECT);
  });

  it("keeps the first click id in the order of the ad platforms, and never its value", () => {
    for (const kind of CLICK_ID_KINDS) {
      expect(view(`${PAGE}?${kind}=secret`)).toEqual(source({ clickIdKind: kind }));
    }
    expect(view(`${PAGE}?fbclid=a&gclid=b`)).toEqual(source({ clickIdKind: "gclid" }));
    expect(JSON.stringify(view(`${PAGE}?gclid=secret`))).not.toContain("secret");
  });

  it("keeps a short link's slug beside the tags, or alone", () => {
    const landing = { type: "pageview", followedSlug: "Pod" } as const;
    expect(ask({ ...landing, url: `${PAGE}?utm_source=pod` })).toEqual(
      source({ utmSource: "pod", linkSlug: "pod" }),
    );
    expect(ask({ ...landing, url: PAGE, referrer: "https://blog.example/" })).toEqual(
      source({ linkSlug: "pod" }),
    );
  });

  it("tells the same tuple for every later event of the page", () => {
    const url = `${PAGE}?utm_source=news&gclid=a`;
    const landing = view(url, "https://google.com/");
    for (const type of ["click", "conversion", "custom"] as const)
      expect(ask({ type, url })).toEqual(landing);
  });

  it("cuts a field at 256 characters without leaving half a character", () => {
    const { tuple } = view(`${PAGE}?utm_campaign=${"a".repeat(255)}%F0%9F%98%80`);
    expect(tuple?.utmCampaign).toBe(`${"a".repeat(255)}\uFFFD`);
  });
});

describe("an event that is no page view", () => {
  it.each(["click", "conversion", "custom"] as const)("of kind %s opens nothing without tags", (type) => {
    expect(ask({ type, url: PAGE, referrer: "https://blog.example/" })).toEqual(NOTHING);
  });

  it("opens nothing as an impression, even on a tagged page", () => {
    expect(ask({ type: "impression", url: `${PAGE}?utm_source=news` })).toEqual(NOTHING);
  });

  it.each(["refund", "identify", "consent"] as const)("of kind %s never opens anything", (type) => {
    const everything = { url: `${PAGE}?utm_source=news`, campaign: "Spring", channel: "email" };
    expect(ask({ type, ...everything })).toEqual(NOTHING);
    expect(ask({ type, ...everything, isImported: true })).toEqual(NOTHING);
  });
});

describe("a named campaign or channel", () => {
  const tuple = { ...DIRECT_TUPLE, namedCampaign: "Spring", namedChannel: "email" };
  const names = { campaign: " Spring ", channel: " Email " };

  it.each(["pageview", "conversion", "custom"] as const)("is the page's source on a %s", (type) => {
    expect(ask({ type, url: PAGE, ...names })).toEqual({ opens: OPENS.source, tuple });
  });

  it.each(["click", "impression"] as const)("is a contact of its own on a %s", (type) => {
    expect(ask({ type, url: PAGE, ...names })).toEqual({ opens: OPENS.own, tuple });
  });

  it("is always a contact of its own when it is imported", () => {
    for (const type of EVENT_TYPES.filter((one) => !["refund", "identify", "consent"].includes(one))) {
      expect(ask({ type, isImported: true, ...names })).toEqual({ opens: OPENS.own, tuple });
    }
  });

  it("beats the tags and the referrer of its page", () => {
    const url = `${PAGE}?utm_source=news&gclid=a`;
    expect(
      ask({ type: "pageview", url, referrer: "https://blog.example/", campaign: "cmp_1" }).tuple,
    ).toEqual({
      ...DIRECT_TUPLE,
      namedCampaign: "cmp_1",
    });
  });

  it("is not named by a blank", () => {
    expect(ask({ type: "pageview", url: PAGE, campaign: " ", channel: "" })).toEqual(DIRECT);
  });
});

describe("a redirect's click", () => {
  it("is a contact of its own with the link it followed", () => {
    expect(ask({ type: "click", slug: "POD" })).toEqual({
      opens: OPENS.own,
      tuple: { ...DIRECT_TUPLE, linkSlug: "pod" },
    });
  });
});

describe("hosts that open no touchpoint", () => {
  it.each([
    ["paypal.com", true],
    ["www.paypal.com", true],
    ["PayPal.com.", true],
    ["paypal.com.evil.example", false],
    ["notpaypal.com", false],
    ["google.com", false],
    ["accounts.google.com", true],
    ["pay.google.com", true],
    ["shop.example", true],
    ["a.b.shop.example", true],
    ["example", false],
    ["checkout.shop-pay.example", true],
    ["shop-pay.example", false],
  ])("%s: %s", (host, opensNothing) => {
    expect(opensNoTouchpoint(host, ["www.Shop.example", "checkout.shop-pay.example:8443"])).toBe(
      opensNothing,
    );
  });

  it("are no others when the site lists none", () => {
    expect(opensNoTouchpoint("shop.example", [])).toBe(false);
  });
});

describe("a promo code in the address", () => {
  it.each(PROMO_PARAMETERS)("is read from %s, folded", (name) => {
    expect(view(`${PAGE}?${name}=%20spring%20`).tuple).toEqual({ ...DIRECT_TUPLE, promoCode: "SPRING" });
  });

  it("is no source by itself: the page view is direct", () => {
    expect(view(`${PAGE}?promo=spring`)).toEqual({
      opens: OPENS.direct,
      tuple: { ...DIRECT_TUPLE, promoCode: "SPRING" },
    });
  });

  it("stands beside tags, and beside the referrer where there are none", () => {
    expect(view(`${PAGE}?utm_source=pod&promo=spring`, "https://blog.example/")).toEqual(
      source({ utmSource: "pod", promoCode: "SPRING" }),
    );
    expect(view(`${PAGE}?promo=spring`, "https://blog.example/")).toEqual(
      source({ referrerHost: "blog.example", promoCode: "SPRING" }),
    );
  });

  it("opens nothing on the way from the site's own pages or from a payment provider", () => {
    expect(view(`${PAGE}?promo=spring`, "https://shop.example/sale")).toEqual(NOTHING);
    expect(view(`${PAGE}?promo=spring`, "https://www.paypal.com/checkout")).toEqual(NOTHING);
  });

  it("makes no later event of the page a visit of its own", () => {
    for (const type of ["click", "conversion", "custom"] as const) {
      expect(ask({ type, url: `${PAGE}?promo=spring` })).toEqual(NOTHING);
      expect(ask({ type, url: `${PAGE}?promo=spring&utm_source=pod` })).toEqual(
        view(`${PAGE}?promo=spring&utm_source=pod`),
      );
    }
  });

  it("is none when it is empty", () => {
    expect(view(`${PAGE}?promo=&coupon=%20`)).toEqual(DIRECT);
  });
});
