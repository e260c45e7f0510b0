import type { Alert, AlertDetails } from "#contract/alerts.ts";
import { alertPaths } from "#frontend/api/alerts.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import type { AlertView } from "./alert-tabs.tsx";
import { CHANNEL_WORDS, messageState, noticeWords } from "./alert-words.ts";

type Message = AlertDetails["messages"][number];
type DialogProps = { view: AlertView; alert: Alert; onClose: () => void };

const POLL_MS = 3_000;

/** Every message about one alert, and what became of it. */
export function AlertDialog({ view, alert, onClose }: DialogProps) {
  const details = useResource<AlertDetails>(alertPaths.alert(view.place, alert.id), {
    everyMs: (value) => (value?.messages.some(({ status }) => status === "waiting") ? POLL_MS : undefined),
  });
  return (
    <Dialog title={alert.title} wide onClose={onClose}>
      <div class="stack">
        <p>{alert.text}</p>
        <Loaded
          resource={details}
          what="Its messages"
          skeleton={<TableSkeleton label="messages" rows={2} />}
          compact
        >
          {({ messages }) =>
            messages.length === 0 ? (
              <p class="muted">Nobody was told: its rule had no channel.</p>
            ) : (
              <ul class="alert-messages" aria-label="Messages, oldest first">
                {messages.map((message, at) => (
                  // Nothing else is its own: of two channels of one name each has such a message.
                  <MessageLine key={at} message={message} zone={view.zone} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <p>
          <a href={alert.runbook}>What to do about it</a>
        </p>
      </div>
    </Dialog>
  );
}

function MessageLine({ message, zone }: { message: Message; zone: string }) {
  const { channel, notice, sentAt, createdAt, failure } = message;
  const { tone, word } = messageState(message);
  return (
    <li>
      <p class="alert-message">
        <strong>{noticeWords(notice)}</strong>
        <span>
          to {channel.name} <span class="muted">({CHANNEL_WORDS[channel.kind]})</span>
        </span>
        <Badge tone={tone}>{word}</Badge>
        <time class="muted" dateTime={sentAt ?? createdAt}>
          {formatMinute(sentAt ?? createdAt, zone)}
        </time>
      </p>
      {failure !== null && <p class="muted">{failure}</p>}
    </li>
  );
}
