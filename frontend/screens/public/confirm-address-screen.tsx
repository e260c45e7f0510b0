import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { AddressQuestion } from "#contract/report-addresses.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { addressQuestion, answerQuestion } from "#frontend/api/subscriptions.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { PublicLayout } from "./public-layout.tsx";

type State =
  | { kind: "loading" }
  | { kind: "failed"; problem: ApiProblem }
  | { kind: "asked"; question: AddressQuestion; problem: ApiProblem | null }
  | { kind: "answered"; question: AddressQuestion; agreed: boolean };

/** Whether an address outside an account wants its reports. Nothing is agreed by opening the page: scanners open links too. */
export function ConfirmAddressScreen() {
  const { query } = useLocation();
  const token = query.token ?? "";
  const [state, setState] = useState<State>({ kind: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    setState({ kind: "loading" });
    addressQuestion(token).then(
      (question) => setState({ kind: "asked", question, problem: null }),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        setState({ kind: "failed", problem: error });
      },
    );
  }, [token, turn]);

  const answer = async (question: AddressQuestion, agreed: boolean) => {
    try {
      await answerQuestion({ token, agrees: agreed });
      setState({ kind: "answered", question, agreed });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setState({ kind: "asked", question, problem: error });
    }
  };
  return (
    <PublicLayout title="Reports by mail">
      <Body state={state} onAnswer={answer} onRetry={() => setTurn(turn + 1)} />
    </PublicLayout>
  );
}

type BodyProps = {
  state: State;
  onAnswer: (question: AddressQuestion, agreed: boolean) => Promise<void>;
  onRetry: () => void;
};

function Body({ state, onAnswer, onRetry }: BodyProps) {
  switch (state.kind) {
    case "loading":
      return (
        <Card>
          <Skeleton label="question">
            <Bone height={140} />
          </Skeleton>
        </Card>
      );
    case "failed":
      return <Failed problem={state.problem} onRetry={onRetry} />;
    case "asked":
      return <Question question={state.question} problem={state.problem} onAnswer={onAnswer} />;
    case "answered":
      return <Answered question={state.question} agreed={state.agreed} />;
  }
}

function Failed({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const isFinal = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  return (
    <section class="card">
      <h1 class="sr-only">Reports by mail</h1>
      {isFinal ? (
        <EmptyState title="This link does not work any more" picture="none">
          It was answered already, or it is older than 30 days. Whoever wants to send you reports can have you
          asked again.
        </EmptyState>
      ) : (
        <ErrorState what="The question" problem={problem} onRetry={onRetry} />
      )}
    </section>
  );
}

type QuestionProps = {
  question: AddressQuestion;
  problem: ApiProblem | null;
  onAnswer: BodyProps["onAnswer"];
};

function Question({ question, problem, onAnswer }: QuestionProps) {
  const { accountName, address, askedBy, askedFor } = question;
  const [busy, setBusy] = useState<"yes" | "no" | null>(null);
  const answer = (agreed: boolean) => {
    setBusy(agreed ? "yes" : "no");
    void onAnswer(question, agreed).finally(() => setBusy(null));
  };
  return (
    <Card>
      <h1>Do you want reports of {accountName}?</h1>
      <p>
        {askedBy ?? accountName} wants to mail {askedFor ? <>“{askedFor}”</> : "reports"} to{" "}
        <strong>{address}</strong>. You can unsubscribe in each mail.
      </p>
      {problem && (
        <div style={{ marginTop: "16px" }}>
          <Notice tone="bad" title="That was not saved.">
            {problem.message}
          </Notice>
        </div>
      )}
      <div class="row" style={{ marginTop: "20px" }}>
        <Button kind="primary" busy={busy === "yes"} onClick={() => answer(true)}>
          Yes, send them
        </Button>
        <Button busy={busy === "no"} onClick={() => answer(false)}>
          No, never
        </Button>
      </div>
    </Card>
  );
}

function Answered({ question, agreed }: { question: AddressQuestion; agreed: boolean }) {
  return (
    <Card>
      <h1>{agreed ? "You get them from now on" : "You get none"}</h1>
      <p>
        {agreed
          ? `Reports of ${question.accountName} go to ${question.address}. What was waiting for your answer comes next.`
          : `${question.accountName} cannot mail reports to ${question.address} any more.`}
      </p>
    </Card>
  );
}
