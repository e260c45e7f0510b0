import type { Alert } from "#contract/alerts.ts";
import { acknowledgeAlert } from "#frontend/api/alerts.ts";
import { formatAgo, formatInstant, formatMinute } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import type { AlertView } from "./alert-tabs.tsx";
import { lastedWords, stateOf } from "./alert-words.ts";

type LineProps = { alert: Alert; view: AlertView; onOpen: (alert: Alert) => void };

/** One alert: what, the facts, since when, and what can be done about it. */
export function AlertLine({ alert, view, onOpen }: LineProps) {
  const { tone, word } = stateOf(alert);
  const isFiring = alert.status === "firing";
  return (
    <li class={isFiring ? `alert alert-${tone}` : "alert"}>
      <div class="alert-main">
        <h3 class="alert-title">
          {alert.title} <Badge tone={tone}>{word}</Badge>
        </h3>
        <p>{alert.text}</p>
        {isFiring ? <GoingOn alert={alert} view={view} /> : <Ended alert={alert} view={view} />}
      </div>
      <div class="alert-acts">
        {isFiring && alert.acknowledgedAt === null && view.mayAcknowledge && (
          <Button
            small
            icon="check"
            aria-label={`Acknowledge ${alert.title}`}
            onClick={() => void orSay(async () => await acknowledgeAlert(view.place, alert.id))}
          >
            Acknowledge
          </Button>
        )}
        <LinkButton small href={alert.path} aria-label={`Look at ${alert.title}`}>
          Look at it
        </LinkButton>
        <Button small kind="quiet" aria-label={`Messages about ${alert.title}`} onClick={() => onOpen(alert)}>
          Messages
        </Button>
      </div>
    </li>
  );
}

type FactsProps = Pick<LineProps, "alert" | "view">;

function GoingOn({ alert, view }: FactsProps) {
  const { firedAt, acknowledgedBy, goodSince, missing, measuredAt } = alert;
  return (
    <p class="alert-when muted">
      <time dateTime={firedAt} title={formatInstant(firedAt, view.zone)}>
        Since {formatAgo(firedAt)}
      </time>
      {acknowledgedBy !== null && <span>Seen by {acknowledgedBy}</span>}
      {goodSince !== null && <span>Good again since {formatAgo(goodSince)}</span>}
      {missing !== null && (
        <span>
          Not known since {formatAgo(measuredAt)}: {missing.toLowerCase()}
        </span>
      )}
    </p>
  );
}

function Ended({ alert, view }: FactsProps) {
  const { firedAt, acknowledgedBy } = alert;
  return (
    <p class="alert-when muted">
      <time dateTime={firedAt} title={formatInstant(firedAt, view.zone)}>
        {formatMinute(firedAt, view.zone)}
      </time>
      <span>{lastedWords(alert)}</span>
      {acknowledgedBy !== null && <span>Seen by {acknowledgedBy}</span>}
    </p>
  );
}
