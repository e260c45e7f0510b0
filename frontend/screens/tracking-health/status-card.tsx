import "./status-card.css";

import type { ComponentChildren } from "preact";

import type { Site } from "#contract/sites.ts";
import type { TrackingHealth } from "#contract/tracking.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatAgo, formatInstant } from "#frontend/format/date.ts";
import { formatCount, NO_VALUE } from "#frontend/format/number.ts";
import { Icon } from "#frontend/parts/icon.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { eventLabel } from "#frontend/screens/events/event-words.ts";
import { formatSeconds, statusWords } from "./status-words.ts";

/** How it is, in one sentence, and the four facts that it rests on. */
export function StatusCard({ site, resource }: { site: Site; resource: Resource<TrackingHealth> }) {
  return (
    <section class="card health-status" aria-label="Status">
      <Loaded resource={resource} what="The tracking health" skeleton={<StatusSkeleton />} compact>
        {(health) => <Status health={health} site={site} />}
      </Loaded>
    </section>
  );
}

const ICONS = { good: "check", warn: "warning", bad: "danger", neutral: "live" } as const;

function Status({ health, site }: { health: TrackingHealth; site: Site }) {
  const { tone, title, text } = statusWords(health, site);
  return (
    <>
      <div class={`health-verdict health-${tone}`} role="status">
        <span class="health-sign">
          <Icon name={ICONS[tone]} size={20} />
        </span>
        <div>
          <h2>{title}</h2>
          <p>{text}</p>
        </div>
      </div>
      <dl class="health-facts">
        <LastSeen health={health} zone={site.timeZone} />
        <LastEvent health={health} />
        <Lag health={health} />
        <Backlog health={health} />
      </dl>
    </>
  );
}

type FactProps = { label: string; explanation: string; children: ComponentChildren; sub: ComponentChildren };

function Fact({ label, explanation, children, sub }: FactProps) {
  return (
    <div class="health-fact">
      <dt>
        <Term explanation={explanation}>{label}</Term>
      </dt>
      <dd>
        <span class="health-figure">{children}</span>
        <span class="health-sub">{sub}</span>
      </dd>
    </div>
  );
}

function LastSeen({ health, zone }: { health: TrackingHealth; zone: string }) {
  const at = health.lastReceivedAt;
  return (
    <Fact
      label="Last seen"
      explanation="When the newest event reached Waymark, whatever became of it. This page looks again every five seconds."
      sub={at ? formatInstant(at, zone) : "Waiting for the first event"}
    >
      {at ? <time dateTime={at}>{formatAgo(at)}</time> : NO_VALUE}
    </Fact>
  );
}

function LastEvent({ health: { lastEvent } }: { health: TrackingHealth }) {
  return (
    <Fact
      label="Last stored event"
      explanation="The newest event that counts: no bot, no duplicate."
      sub={lastEvent ? (lastEvent.page ?? "Without a page") : "None yet"}
    >
      {lastEvent ? eventLabel({ type: lastEvent.type, name: null }) : NO_VALUE}
    </Fact>
  );
}

function Lag({ health: { lag } }: { health: TrackingHealth }) {
  return (
    <Fact
      label="Until stored"
      explanation="From the edge to the database: half of the last hour's events took no longer than this."
      sub={lag ? `95 % within ${formatSeconds(lag.p95Seconds)}` : "No event in the last hour to measure"}
    >
      {lag ? formatSeconds(lag.p50Seconds) : NO_VALUE}
    </Fact>
  );
}

function Backlog({ health: { backlog } }: { health: TrackingHealth }) {
  return (
    <Fact
      label="Not summed up yet"
      explanation="Hours with new events are summed up every minute; until then figures are that much behind."
      sub={backlog.oldestAt ? `Oldest marked ${formatAgo(backlog.oldestAt)}` : "The figures are up to date"}
    >
      {`${formatCount(backlog.hours)} ${backlog.hours === 1 ? "hour" : "hours"}`}
    </Fact>
  );
}

function StatusSkeleton() {
  return (
    <Skeleton label="tracking health">
      <div class="health-verdict">
        <div class="stack" style={{ "--gap": "8px", width: "100%" }}>
          <Bone width="30%" height={22} />
          <Bone width="52%" />
        </div>
      </div>
      <div class="health-facts">
        {[0, 1, 2, 3].map((index) => (
          <div key={index} class="health-fact stack" style={{ "--gap": "8px" }}>
            <Bone width="50%" height={13} />
            <Bone width="60%" height={22} />
            <Bone width="80%" height={13} />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
