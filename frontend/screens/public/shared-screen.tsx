import { useCallback, useEffect, useState } from "preact/hooks";

import type { SharedReport } from "#contract/report-shares.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { REPORT_FORMATS } from "#core/report/report-format.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { FORMAT_WORDS } from "#frontend/reports/choice-words.ts";
import { fileSize } from "#frontend/reports/file-size.ts";
import { ReportSkeleton, ReportView } from "#frontend/reports/view/report-view.tsx";
import { PublicLayout } from "./public-layout.tsx";
import { usePublicToken } from "./public-token.ts";
import { SharePassword } from "./share-password.tsx";
import { usePublicWords } from "./use-public-words.ts";
import type { PublicWords } from "./words/public-words.ts";

/** A report by its link: no account, no menu, one report. */
export function SharedScreen() {
  const token = usePublicToken();
  const resource = useResource<SharedReport>(reportPaths.shared(token));
  const words = usePublicWords(null);
  const [opened, setOpened] = useState<SharedReport | null>(null);
  /** The password was given too long ago. */
  const [isLocked, setIsLocked] = useState(false);
  const lock = useCallback(() => setIsLocked(true), []);
  const shared = opened ?? resource.value;
  if (resource.problem && !shared)
    return <Closed words={words} problem={resource.problem} onRetry={resource.reload} />;
  if (!shared) {
    return (
      <PublicLayout title={words.share.title} isWide>
        <ReportSkeleton />
      </PublicLayout>
    );
  }
  if (isLocked || shared.state === "password_needed") {
    const open = (report: SharedReport) => {
      setOpened(report);
      setIsLocked(false);
    };
    return <SharePassword words={words.share} token={token} onOpened={open} />;
  }
  return <Opened token={token} shared={shared} onLocked={lock} />;
}

type ClosedProps = { words: PublicWords; problem: Error; onRetry: () => void };

/** Unknown, expired and revoked look alike: who guesses learns nothing. */
function Closed({ words: { share: words }, problem, onRetry }: ClosedProps) {
  const isGone = problem instanceof ApiProblem && (problem.status === 404 || problem.status === 410);
  return (
    <PublicLayout title={words.title}>
      <h1 class="sr-only">{words.title}</h1>
      <section class="card">
        {isGone ? (
          <EmptyState title={words.isClosed} picture="none">
            {words.isClosedText}
          </EmptyState>
        ) : (
          <ErrorState what="The report" problem={problem} onRetry={onRetry} />
        )}
      </section>
    </PublicLayout>
  );
}

type OpenedProps = { token: string; shared: SharedReport; onLocked: () => void };

function Opened({ token, shared, onLocked }: OpenedProps) {
  const model = useResource<ReportModel>(reportPaths.sharedModel(token));
  const { problem, value } = model;
  const words = usePublicWords(value?.language ?? null);
  useEffect(() => {
    if (problem instanceof ApiProblem && problem.code === "share_locked") onLocked();
  }, [problem, onLocked]);
  if (problem && !value) return <Closed words={words} problem={problem} onRetry={model.reload} />;
  return (
    <PublicLayout
      title={value?.title ?? words.share.title}
      isWide
      tools={<Downloads words={words} token={token} shared={shared} />}
    >
      {value ? (
        <ReportView
          model={value}
          logo={value.branding.logoKey === null ? null : reportPaths.sharedLogo(token)}
        />
      ) : (
        <ReportSkeleton />
      )}
      <p class="public-foot">{words.share.foot}</p>
    </PublicLayout>
  );
}

type DownloadsProps = Omit<OpenedProps, "onLocked"> & { words: PublicWords };

function Downloads({ words, token, shared: { files } }: DownloadsProps) {
  return (
    <>
      {REPORT_FORMATS.map((format) => {
        const bytes = files?.[format] ?? null;
        return (
          bytes !== null && (
            <LinkButton
              key={format}
              small
              icon="download"
              download
              href={reportPaths.sharedFile(token, format)}
            >
              {FORMAT_WORDS[format].label}
              <span class="muted">{fileSize(bytes)}</span>
            </LinkButton>
          )
        );
      })}
      <Button small kind="quiet" onClick={() => print()}>
        {words.share.print}
      </Button>
    </>
  );
}
