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
import { usePublicWords } from "./use-public-words.ts";
import type { PublicWords } from "./words/public-words.ts";

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
  const words = usePublicWords("question" in state ? state.question.language : null);
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
    <PublicLayout title={words.question.title}>
      <Body words={words} state={state} onAnswer={answer} onRetry={() => setTurn(turn + 1)} />
    </PublicLayout>
  );
}

type BodyProps = {
  words: PublicWords;
  state: State;
  onAnswer: (question: AddressQuestion, agreed: boolean) => Promise<void>;
  onRetry: () => void;
};

function Body({ words, state, onAnswer, onRetry }: BodyProps) {
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
      return <Failed words={words} problem={state.problem} onRetry={onRetry} />;
    case "asked":
      return <Question words={words} question={state.question} problem={state.problem} onAnswer={onAnswer} />;
    case "answered":
      return <Answered words={words} question={state.question} agreed={state.agreed} />;
  }
}

type FailedProps = { words: PublicWords; problem: ApiProblem; onRetry: () => void };

function Failed({ words: { question: words }, problem, onRetry }: FailedProps) {
  const isFinal = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  return (
    <section class="card">
      <h1 class="sr-only">{words.title}</h1>
      {isFinal ? (
        <EmptyState title={words.isOld} picture="none">
          {words.isOldText}
        </EmptyState>
      ) : (
        <ErrorState what="The question" problem={problem} onRetry={onRetry} />
      )}
    </section>
  );
}

type QuestionProps = {
  words: PublicWords;
  question: AddressQuestion;
  problem: ApiProblem | null;
  onAnswer: BodyProps["onAnswer"];
};

function Question({ words: { question: words, notSaved }, question, problem, onAnswer }: QuestionProps) {
  const { accountName, address, askedBy, askedFor } = question;
  const [busy, setBusy] = useState<"yes" | "no" | null>(null);
  const answer = (agreed: boolean) => {
    setBusy(agreed ? "yes" : "no");
    void onAnswer(question, agreed).finally(() => setBusy(null));
  };
  return (
    <Card>
      <h1>{words.heading(accountName)}</h1>
      <p>
        {words.wants(askedBy ?? accountName, askedFor)} <strong>{address}</strong>. {words.mayEnd}
      </p>
      {problem && (
        <div style={{ marginTop: "16px" }}>
          <Notice tone="bad" title={notSaved}>
            {problem.message}
          </Notice>
        </div>
      )}
      <div class="row" style={{ marginTop: "20px" }}>
        <Button kind="primary" busy={busy === "yes"} onClick={() => answer(true)}>
          {words.yes}
        </Button>
        <Button busy={busy === "no"} onClick={() => answer(false)}>
          {words.no}
        </Button>
      </div>
    </Card>
  );
}

type AnsweredProps = { words: PublicWords; question: AddressQuestion; agreed: boolean };

function Answered({ words: { question: words }, question, agreed }: AnsweredProps) {
  const { accountName, address } = question;
  return (
    <Card>
      <h1>{agreed ? words.agreed : words.declined}</h1>
      <p>{agreed ? words.agreedText(accountName, address) : words.declinedText(accountName, address)}</p>
    </Card>
  );
}
