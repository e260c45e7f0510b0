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
import { usePublicWords } from "./use-public-words.ts";
import type { PublicWords } from "./words/public-words.ts";

/** Which mails of an account's reports somebody wants; no sign-in, the link says who asks. */
export function UnsubscribeScreen() {
  const token = usePublicToken();
  const resource = useResource<Subscription>(reportPaths.subscription(token));
  const [changed, setChanged] = useState<Subscription | null>(null);
  const subscription = changed ?? resource.value;
  const words = usePublicWords(subscription?.language ?? null);
  return (
    <PublicLayout title={words.subscription.title}>
      {subscription ? (
        <Preferences words={words} token={token} subscription={subscription} onChanged={setChanged} />
      ) : resource.problem ? (
        <Missing words={words} problem={resource.problem} onRetry={resource.reload} />
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

type MissingProps = { words: PublicWords; problem: Error; onRetry: () => void };

function Missing({ words: { subscription: words }, problem, onRetry }: MissingProps) {
  return (
    <section class="card">
      <h1 class="sr-only">{words.title}</h1>
      {problem instanceof ApiProblem && problem.status === 404 ? (
        <EmptyState title={words.isUnknown} picture="none">
          {words.isUnknownText}
        </EmptyState>
      ) : (
        <ErrorState what="Your mails" problem={problem} onRetry={onRetry} />
      )}
    </section>
  );
}

type PreferencesProps = {
  words: PublicWords;
  token: string;
  subscription: Subscription;
  onChanged: (subscription: Subscription) => void;
};

function Preferences({ words, token, subscription, onChanged }: PreferencesProps) {
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
      <h1>{words.subscription.heading(accountName)}</h1>
      <p class="muted">{words.subscription.mailedTo(address)}</p>
      <div class="subscriptions" aria-live="polite">
        {schedule && (
          <Choice
            words={words}
            name={schedule.name}
            isOn={!schedule.isUnsubscribed && !isUnsubscribedFromAll}
            isDisabled={isUnsubscribedFromAll}
            isBusy={busy === "schedule"}
            isFirst
            onChange={(isOn) => void change("schedule", { schedule: { isUnsubscribed: !isOn } })}
          />
        )}
        <Choice
          words={words}
          name={schedule ? words.subscription.all(accountName) : words.subscription.heading(accountName)}
          isOn={!isUnsubscribedFromAll}
          isDisabled={false}
          isBusy={busy === "all"}
          isFirst={schedule === null}
          onChange={(isOn) => void change("all", { isUnsubscribedFromAll: !isOn })}
        />
      </div>
      {problem && (
        <Notice tone="bad" title={words.notSaved}>
          {problem.message}
        </Notice>
      )}
    </Card>
  );
}

type ChoiceProps = {
  words: PublicWords;
  name: string;
  isOn: boolean;
  isDisabled: boolean;
  isBusy: boolean;
  /** What the link in the mail was about. */
  isFirst: boolean;
  onChange: (isOn: boolean) => void;
};

/** What is in force, and the button that turns it round. */
function Choice({ words, name, isOn, isDisabled, isBusy, isFirst, onChange }: ChoiceProps) {
  const { subscription } = words;
  return (
    <div class="subscription">
      <div>
        <strong>{name}</strong>
        <p class="small muted">{isOn ? subscription.isOn : subscription.isOff}</p>
      </div>
      <Button
        kind={isOn && isFirst ? "primary" : "secondary"}
        busy={isBusy}
        disabled={isDisabled}
        aria-label={isOn ? subscription.endOf(name) : subscription.comeAgainOf(name)}
        onClick={() => onChange(!isOn)}
      >
        {isOn ? subscription.end : subscription.comeAgain}
      </Button>
    </div>
  );
}
