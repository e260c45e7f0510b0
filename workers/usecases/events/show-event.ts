import type { EventRow } from "#contract/events.ts";
import { sourceLabel } from "#core/campaigns/source-label.ts";
import { eventTypeName } from "#core/events/event-type.ts";
import type { EventRecord } from "#db/queries/events/event-record.ts";

/** Enough to tell visitors apart in a list; the first characters of an id are its time. */
const VISITOR_CHARACTERS = 8;

/** A stored event as the log shows it. */
export function showEvent(record: EventRecord): EventRow {
  return {
    id: record.eventId,
    type: eventTypeName(record.type) ?? "custom",
    name: record.name,
    at: new Date(record.occurredAtMs).toISOString(),
    receivedAt: new Date(record.receivedAtMs).toISOString(),
    verdict: record.botReason === null ? "stored" : "bot",
    botReason: record.botReason,
    page: record.pageHost === null ? null : record.pageHost + (record.pagePath ?? ""),
    source: record.source && sourceLabel(record.source),
    channel: record.channel,
    campaign: campaignOf(record),
    visitor: record.visitorId && record.visitorId.slice(-VISITOR_CHARACTERS),
    value: valueOf(record),
    orderId: record.orderId,
    promoCode: record.promoCode,
    browser: record.browser,
    os: record.os,
    device: record.device,
    country: record.country,
    isTest: record.isTest,
    props: record.props,
  };
}

function campaignOf({ campaignPublicId, campaignName }: EventRecord): EventRow["campaign"] {
  return campaignPublicId === null ? null : { id: campaignPublicId, name: campaignName ?? "" };
}

function valueOf({ valueMinor, currency }: EventRecord): EventRow["value"] {
  return valueMinor === null || currency === null ? null : { minor: valueMinor, currency };
}
