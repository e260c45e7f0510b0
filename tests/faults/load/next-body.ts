import { systemIds } from "#platform/ids.ts";

const MINUTE_MS = 60_000;
const BODIES_A_VISITOR = 4;
const EARLIER_VISIT_MS = 45 * MINUTE_MS;

type Event = { id: string; at: number; type: string; [field: string]: unknown };
export type SentBody = { visitor: string; address: string; events: Event[] };

/**
 * Bodies such as shops send, the n-th of them: of a visit and of one 45 minutes before, as a phone has it that was
 * offline; with campaigns, links, impressions, and orders of which every second one is told twice under two ids.
 */
export function nextBody(n: number, nowMs: number, visitors: string[]): SentBody {
  const turn = n % BODIES_A_VISITOR;
  if (turn === 0) visitors.push(systemIds.uuid7(new Date(nowMs)));
  const visitor = visitors.at(-1) ?? "";
  const make = (type: string, agoMs: number, fields: object): Event => {
    const at = nowMs - agoMs;
    return { id: systemIds.uuid7(new Date(at)), at, type, ...fields };
  };
  return { visitor, address: addressOf(visitors.length), events: eventsOf(turn, visitors.length, make) };
}

/** A visitor's four bodies in one, as from a device that was offline all the while. */
export function nextVisit(n: number, nowMs: number, visitors: string[]): SentBody {
  const first = n * BODIES_A_VISITOR;
  const turns = Array.from({ length: BODIES_A_VISITOR }, (_, turn) =>
    nextBody(first + turn, nowMs, visitors),
  );
  return {
    visitor: visitors.at(-1) ?? "",
    address: addressOf(visitors.length),
    events: turns.flatMap(({ events }) => events),
  };
}

type Make = (type: string, agoMs: number, fields: object) => Event;

function eventsOf(turn: number, visit: number, make: Make): Event[] {
  const page = `https://shop.example/product/${visit % 20}`;
  const landing = `${page}?utm_source=${visit % 3 === 0 ? "news" : "pod"}&utm_campaign=spring`;
  switch (turn) {
    case 0:
      return [
        make("pageview", EARLIER_VISIT_MS, { url: landing }),
        make("pageview", EARLIER_VISIT_MS - 20_000, { url: page }),
        make("click", EARLIER_VISIT_MS - 30_000, { url: page, link: "https://partner.example/x" }),
      ];
    case 1:
      return [
        make("pageview", 9_000, { url: page }),
        make("impression", 8_000, { url: page, campaign: "cmp_banner" }),
      ];
    case 2:
      return [
        make("pageview", 6_000, { url: "https://shop.example/?utm_source=mail&utm_campaign=autumn" }),
        make("custom", 5_000, { url: page, name: "size_chosen", props: { size: 42 } }),
      ];
    default:
      return ordersOf(visit, make);
  }
}

function ordersOf(visit: number, make: Make): Event[] {
  const url = "https://shop.example/thanks";
  const conversion = {
    type: "purchase",
    value: `${visit % 90}.${String(visit % 100).padStart(2, "0")}`,
    currency: "EUR",
    orderId: `A-${visit}`,
  };
  const first = make("conversion", 3_000, { url, conversion });
  const again = make("conversion", 1_000, { url, conversion: { ...conversion, value: "999.99" } });
  const thanks = make("pageview", 3_100, { url });
  return visit % 2 === 0 ? [thanks, first, again] : [thanks, first];
}

/** A client's address; each visitor has one of their own, or the brake on addresses would be what is tested. */
function addressOf(visit: number): string {
  return `10.${(visit >> 16) & 255}.${(visit >> 8) & 255}.${visit & 255}`;
}
