import type { EventRow } from "#contract/events.ts";
import { formatAgo, formatInstant, formatLogTime } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { channelColour } from "#frontend/format/channel.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { eventLabel, pagePath, sourceChain } from "./event-words.ts";

type LineProps = { row: EventRow; zone: string; isOpen: boolean; isNew: boolean; onToggle: () => void };

/** One event in a line; opened, all that is known of it. */
export function EventLine({ row, zone, isOpen, isNew, onToggle }: LineProps) {
  const chain = sourceChain(row);
  return (
    <li>
      <button
        type="button"
        class={isNew ? "log-row log-new" : "log-row"}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <time class="log-time" dateTime={row.at} title={formatAgo(row.at)}>
          {formatLogTime(row.at, zone)}
        </time>
        <span class="log-type truncate">{eventLabel(row)}</span>
        <span class="log-page truncate muted">{row.page ? pagePath(row.page) : NO_VALUE}</span>
        <span class="log-chain truncate swatch">
          {row.channel && (
            <span class="dot" style={{ background: channelColour(row.channel) }} aria-hidden="true" />
          )}
          <span class="truncate">{chain.length > 0 ? chain.join(" → ") : NO_VALUE}</span>
        </span>
        <span class="log-value">{row.value ? formatMoney(row.value.minor, row.value.currency) : ""}</span>
        <span class="log-verdict">
          <Verdict row={row} />
        </span>
        <Icon name="chevronDown" size={16} />
      </button>
      {isOpen && <EventDetail row={row} zone={zone} />}
    </li>
  );
}

function Verdict({ row }: { row: EventRow }) {
  if (row.verdict === "bot") return <Badge tone="warn">Bot</Badge>;
  return row.isTest ? <Badge>Test</Badge> : <Badge tone="good">Stored</Badge>;
}

function EventDetail({ row, zone }: { row: EventRow; zone: string }) {
  return (
    <dl class="log-detail">
      {facts(row, zone).map(([label, value]) => (
        <div key={label} class={label === "Page" || label === "Properties" ? "log-wide" : ""}>
          <dt>{label}</dt>
          <dd class={MONO.has(label) ? "mono" : ""}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const MONO = new Set(["Event id", "Visitor", "Properties"]);

function facts(row: EventRow, zone: string): [string, string][] {
  const device = [row.browser, row.os, row.device].filter(Boolean).join(", ");
  const all: [string, string | null][] = [
    ["Page", row.page],
    ["Happened", formatInstant(row.at, zone)],
    ["Received", formatInstant(row.receivedAt, zone)],
    ["Kept apart because", row.botReason],
    ["Source", row.source],
    ["Campaign", row.campaign?.name ?? null],
    ["Kind", row.type === "conversion" ? row.name : null],
    ["Order", row.orderId],
    ["Promo code", row.promoCode],
    ["Device", device || null],
    ["Country", row.country],
    ["Visitor", row.visitor],
    ["Event id", row.id],
    ["Properties", row.props ? JSON.stringify(row.props) : null],
  ];
  return all.filter((entry): entry is [string, string] => entry[1] !== null);
}
