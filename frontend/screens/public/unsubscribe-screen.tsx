import { useState } from "preact/hooks";

import type { ChangeSubscriptionRequest, Subscription } from "#contract/unsubscribe.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { changeSubscription } from "#frontend/api/subscriptions.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { PublicLayout } from "./public-layout.tsx";
import { usePublicToken } from "./public-token.ts";

/** Which mails of an account's reports somebody wants; no sign-in, the link says who asks. */
export function UnsubscribeScreen() {
  const token = usePublicToken();
  const resource = useResource<Subscription>(reportPaths.subscription(token));
  const [changed, setChanged] = useState<Subscription | null>(null);
  const subscription = changed ?? resource.value;
  return (
    <PublicLayout title="Your reports by mail">
      {subscription ? (
        <Preferences token={token} subscription={subscription} onChanged={setChanged} />
      ) : resource.problem ? (
        <Missing problem={resource.problem} onRetry={resource.reload} />
      ) : (
        <Card>
          <Skeleton label="your mails">
            <Bone height={160} />
          </Skeleton>
        </Card>
      )}
    </PublicLayout>
  );
}

function Missing({ problem, onRetry }: { problem: Error; onRetry: () => void }) {
  return (
    <section class="card">
      <h1 class="sr-only">Your reports by mail</h1>
      {problem instanceof ApiProblem && problem.status === 404 ? (
        <EmptyState title="This link belongs to no mail of ours" picture="none">
          Open the link of a newer report, or ask whoever sends it to you.
        </EmptyState>
      ) : (
        <ErrorState what="Your mails" problem={problem} onRetry={onRetry} />
      )}
    </section>
  );
}

type PreferencesProps = {
  token: string;
  subscription: Subscription;
  onChanged: (subscription: Subscription) => void;
};

function Preferences({ token, subscription, onChanged }: PreferencesProps) {
  const { address, accountName, schedule, isUnsubscribedFromAll } = subscription;
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const change = async (name: string, body: ChangeSubscriptionRequest) => {
    setBusy(name);
    setProblem(null);
    try {
      onChanged(await changeSubscription(token, body));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Card>
      <h1>Reports of {accountName}</h1>
      <p class="muted">Mailed to {address}.</p>
      <div class="subscriptions" aria-live="polite">
        {schedule && (
          <Choice
            name={schedule.name}
            isOn={!schedule.isUnsubscribed && !isUnsubscribedFromAll}
            isDisabled={isUnsubscribedFromAll}
            isBusy={busy === "schedule"}
            isFirst
            onChange={(isOn) => void change("schedule", { schedule: { isUnsubscribed: !isOn } })}
          />
        )}
        <Choice
          name={schedule ? `All reports of ${accountName}` : `Reports of ${accountName}`}
          isOn={!isUnsubscribedFromAll}
          isDisabled={false}
          isBusy={busy === "all"}
          isFirst={schedule === null}
          onChange={(isOn) => void change("all", { isUnsubscribedFromAll: !isOn })}
        />
      </div>
      {problem && (
        <Notice tone="bad" title="That was not saved.">
          {problem.message}
        </Notice>
      )}
    </Card>
  );
}

type ChoiceProps = {
  name: string;
  isOn: boolean;
  isDisabled: boolean;
  isBusy: boolean;
  /** What the link in the mail was about. */
  isFirst: boolean;
  onChange: (isOn: boolean) => void;
};

/** What is in force, and the button that turns it round. */
function Choice({ name, isOn, isDisabled, isBusy, isFirst, onChange }: ChoiceProps) {
  return (
    <div class="subscription">
      <div>
        <strong>{name}</strong>
        <p class="small muted">{isOn ? "You get these mails." : "You get none of these mails."}</p>
      </div>
      <Button
        kind={isOn && isFirst ? "primary" : "secondary"}
        busy={isBusy}
        disabled={isDisabled}
        aria-label={`${isOn ? "Unsubscribe from" : "Subscribe again to"} ${name}`}
        onClick={() => onChange(!isOn)}
      >
        {isOn ? "Unsubscribe" : "Subscribe again"}
      </Button>
    </div>
  );
}
