import { useState } from "preact/hooks";

import type { AlertChannel, CreatedChannel } from "#contract/alerts.ts";
import { alertPaths, replaceSecret, testChannel } from "#frontend/api/alerts.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { lazy } from "#frontend/parts/lazy.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import type { AlertView } from "./alert-tabs.tsx";
import { CHANNEL_WORDS, lastState } from "./alert-words.ts";

const ChannelDialogs = lazy(
  () => import("./channel-dialogs.tsx").then((m) => m.ChannelDialogs),
  () => null,
);

/** What is asked about a channel at the moment. */
export type OpenChannel =
  | { kind: "new" }
  | { kind: "change" | "delete"; channel: AlertChannel }
  | { kind: "secret"; name: string; secret: string }
  | null;

const POLL_MS = 2_000;

/** Where alerts are sent to, each with its quiet hours and what became of its last message. */
export function ChannelsPanel({ view }: { view: AlertView }) {
  const channels = useResource<{ items: AlertChannel[] }>(alertPaths.channels(view.place), {
    everyMs: (value) => (value?.items.some(({ last }) => last?.status === "waiting") ? POLL_MS : undefined),
  });
  const [open, setOpen] = useState<OpenChannel>(null);
  const add = view.mayChange && (
    <Button kind="primary" icon="plus" onClick={() => setOpen({ kind: "new" })}>
      Add channel
    </Button>
  );
  return (
    <Card
      title="Channels"
      sub="Each is told once when something is wrong, and once when it is over."
      tools={channels.value?.items.length ? add : null}
      flush
    >
      <Loaded resource={channels} what="Channels" skeleton={<TableSkeleton label="channels" rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No channel yet" compact action={add}>
              Alerts are shown here. With a channel they also reach a mailbox, a Slack channel or a program.
            </EmptyState>
          ) : (
            <ul aria-label="Channels">
              {items.map((channel) => (
                <ChannelLine key={channel.id} channel={channel} view={view} onOpen={setOpen} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && (
        <ChannelDialogs
          view={view}
          open={open}
          onClose={() => setOpen(null)}
          onMade={(made: CreatedChannel) =>
            setOpen(made.secret === null ? null : { kind: "secret", name: made.name, secret: made.secret })
          }
        />
      )}
    </Card>
  );
}

type LineProps = { channel: AlertChannel; view: AlertView; onOpen: (open: OpenChannel) => void };

function ChannelLine({ channel, view, onOpen }: LineProps) {
  const state = lastState(channel);
  const { quietHours, last } = channel;
  return (
    <li class="alert">
      <div class="alert-main">
        <h3 class="alert-title">
          {channel.name} {state && <Badge tone={state.tone}>{state.word}</Badge>}
        </h3>
        <p>
          {CHANNEL_WORDS[channel.kind]} · <span class="alerts-target">{channel.target}</span>
        </p>
        <p class="alert-when muted">
          <span>
            {quietHours === null
              ? "At any hour"
              : `Quiet from ${quietHours.from} to ${quietHours.to} (${quietHours.timeZone})`}
          </span>
          {last && <span>Last message {formatAgo(last.at)}</span>}
          {last?.failure && <span>{last.failure}</span>}
        </p>
      </div>
      {view.mayChange && <ChannelActs channel={channel} view={view} onOpen={onOpen} />}
    </li>
  );
}

function ChannelActs({ channel, view, onOpen }: LineProps) {
  const { id, name } = channel;
  const replace = async () => {
    const { secret } = await replaceSecret(view.place, id);
    onOpen({ kind: "secret", name, secret });
  };
  const test = async () => {
    await testChannel(view.place, id);
    toast(`A test is on its way to ${name}.`);
  };
  return (
    <div class="alert-acts">
      <Button small aria-label={`Send a test to ${name}`} onClick={() => void orSay(test)}>
        Send a test
      </Button>
      <Button
        small
        kind="quiet"
        aria-label={`Change ${name}`}
        onClick={() => onOpen({ kind: "change", channel })}
      >
        Change
      </Button>
      {channel.kind === "webhook" && (
        <Button small kind="quiet" aria-label={`New secret for ${name}`} onClick={() => void orSay(replace)}>
          New secret
        </Button>
      )}
      <Button
        small
        kind="danger-quiet"
        aria-label={`Remove ${name}`}
        onClick={() => onOpen({ kind: "delete", channel })}
      >
        Remove
      </Button>
    </div>
  );
}
