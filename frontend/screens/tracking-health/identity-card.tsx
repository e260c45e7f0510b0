import "./identity-card.css";
import "./reasons.css";

import type { Site } from "#contract/sites.ts";
import type { TrackingDetails } from "#contract/tracking.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useHref } from "#frontend/state/links.ts";
import { lookedWords } from "./looked-words.ts";

type Identity = TrackingDetails["identity"];

const KINDS: readonly { key: keyof Identity; label: string; colour: string; what: string }[] = [
  {
    key: "firstParty",
    label: "First party",
    colour: "var(--chart-line)",
    what: "Known again by an id in their own browser.",
  },
  {
    key: "cookieless",
    label: "Cookieless",
    colour: "var(--cat-5)",
    what: "Known within one UTC day by a salted hash. By its form 1 in 64 of them is counted as first party.",
  },
  {
    key: "none",
    label: "Nobody",
    colour: "var(--cat-8)",
    what: "Events without a visitor: they count, but belong to no visit.",
  },
];

/** What visitors are known by: how much of the traffic a journey can be built from. */
export function IdentityCard({ site, resource }: { site: Site; resource: Resource<TrackingDetails> }) {
  const href = useHref();
  return (
    <Card
      title="How visitors are known"
      sub={resource.value ? lookedWords(resource.value, site.timeZone) : "Events by identity."}
      tools={
        <LinkButton small href={href("/settings/privacy")}>
          Privacy settings
        </LinkButton>
      }
    >
      <Loaded
        resource={resource}
        what="The identities"
        skeleton={<TableSkeleton label="identities" rows={3} />}
        compact
      >
        {({ identity }) => <Shares identity={identity} />}
      </Loaded>
    </Card>
  );
}

function Shares({ identity }: { identity: Identity }) {
  const total = identity.firstParty + identity.cookieless + identity.none;
  if (total === 0) {
    return (
      <EmptyState title="No event of a page yet" picture="none" compact>
        The share of visitors that are known again, and by what, stands here.
      </EmptyState>
    );
  }
  return (
    <div class="stack">
      <div class="identity-bar" aria-hidden="true">
        {KINDS.map(({ key, colour }) =>
          identity[key] > 0 ? (
            <span key={key} style={{ background: colour, flexGrow: identity[key] }} />
          ) : null,
        )}
      </div>
      <ul class="stack" style={{ "--gap": "12px" }}>
        {KINDS.map(({ key, label, colour, what }) => (
          <li key={key} class="identity-row">
            <i class="dot" style={{ background: colour }} aria-hidden="true" />
            <div class="reason-text">
              <strong>{label}</strong>
              <p>{what}</p>
            </div>
            <span class="identity-figure num">
              {formatShare(identity[key] / total)}
              <span class="table-sub">{formatCount(identity[key])}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
