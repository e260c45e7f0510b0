import { useState } from "preact/hooks";

import type { AlertChannel, AlertRule } from "#contract/alerts.ts";
import { alertPaths } from "#frontend/api/alerts.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import type { AlertView } from "./alert-tabs.tsx";

const RuleDialog = lazy(
  () => import("./rule-dialog.tsx").then((m) => m.RuleDialog),
  () => null,
);

type Rules = { items: AlertRule[] };
type Channels = { items: AlertChannel[] };

/** When something is told, in words; each site has all of them from its first day. */
export function RulesPanel({ view }: { view: AlertView }) {
  const rules = useResource<Rules>(alertPaths.rules(view.place));
  const channels = useResource<Channels>(alertPaths.channels(view.place));
  const [open, setOpen] = useState<Opened | null>(null);
  const known = channels.value?.items ?? null;
  return (
    <Card
      title={view.siteName === null ? "Rules of this installation" : `Rules for ${view.siteName}`}
      sub="Looked at every minute. They hold without anything to set up."
      flush
    >
      <Loaded resource={rules} what="Rules" skeleton={<TableSkeleton label="rules" rows={5} />}>
        {({ items }) => (
          <ul aria-label="Rules">
            {items.map((rule) => (
              <RuleLine
                key={rule.kind}
                rule={rule}
                channels={known}
                onChange={view.mayChange ? () => setOpen({ rule, channels: known }) : null}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {open && <RuleDialog place={view.place} {...open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

/** The channels as they were known when it was opened: a box that came later would be one that nobody has ticked. */
type Opened = { rule: AlertRule; channels: readonly AlertChannel[] | null };

type LineProps = Opened & { onChange: (() => void) | null };

function RuleLine({ rule, channels, onChange }: LineProps) {
  return (
    <li class={rule.isEnabled ? "alert" : "alert alert-off"}>
      <div class="alert-main">
        <h3 class="alert-title">
          {rule.name} {!rule.isEnabled && <Badge>Off</Badge>}
          {rule.isEnabled && !rule.isStandard && <Badge tone="accent">Changed</Badge>}
        </h3>
        <p>{rule.words}</p>
        <p class="alert-when muted">
          <span>{toldWords(rule, channels)}</span>
          {rule.scope === "account" && <span>One rule for all sites</span>}
        </p>
      </div>
      {onChange && (
        <div class="alert-acts">
          <Button small icon="edit" aria-label={`Change ${rule.name}`} onClick={onChange}>
            Change
          </Button>
        </div>
      )}
    </li>
  );
}

function toldWords({ channels: chosen }: AlertRule, channels: Opened["channels"]): string {
  if (channels === null) return unnamedWords(chosen);
  if (channels.length === 0) return "Shown here; there is no channel to tell";
  if (chosen === null) return "Told to every channel";
  const names = channels.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return names.length === 0 ? "Shown here, told to nobody" : `Told to ${names.join(", ")}`;
}

/** Which channels there are is not known, or not yet. */
function unnamedWords(chosen: AlertRule["channels"]): string {
  if (chosen === null) return "Told to every channel";
  if (chosen.length === 0) return "Shown here, told to nobody";
  return chosen.length === 1 ? "Told to one channel" : `Told to ${chosen.length} channels`;
}
