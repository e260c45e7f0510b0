import "./page-check.css";

import { useId, useState } from "preact/hooks";

import type { Site } from "#contract/sites.ts";
import type { InstallCheck } from "#contract/tracking.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { checkInstall } from "#frontend/api/tracking.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { FieldFrame } from "#frontend/parts/field.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useHref } from "#frontend/state/links.ts";
import { FINDING_TONES, findingWords } from "./finding-words.ts";
import type { Finding } from "./finding-words.ts";

/** Looks at a page as the internet sees it and names what keeps events back, each with what mends it. */
export function PageCheck({ site }: { site: Site }) {
  return (
    <Card
      title="Check a page"
      sub="Waymark opens it, looks for the snippet, and says what keeps its events from arriving."
    >
      <PageChecker site={site} />
    </Card>
  );
}

type Outcome = { check: InstallCheck | null; problem: ApiProblem | null };

export function PageChecker({ site }: { site: Site }) {
  const id = useId();
  const [url, setUrl] = useState(() => frontPage(site.domain));
  const [isBusy, setIsBusy] = useState(false);
  const [{ check, problem }, setOutcome] = useState<Outcome>({ check: null, problem: null });

  const run = async () => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      setOutcome({ check: await checkInstall(site.id, asAddress(url)), problem: null });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setOutcome({ check: null, problem: error });
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <div class="stack">
      <form
        class="page-check"
        noValidate
        aria-label="Check a page"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <FieldFrame id={id} label="Address of the page" error={problem?.message}>
          <input
            id={id}
            class="input"
            type="url"
            inputMode="url"
            autocomplete="url"
            spellcheck={false}
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
            {...(problem ? { "aria-invalid": "true" as const, "aria-describedby": `${id}-error` } : {})}
          />
        </FieldFrame>
        <Button type="submit" kind="primary" busy={isBusy}>
          Check my page
        </Button>
      </form>
      <div aria-live="polite">{check && <Findings check={check} />}</div>
    </div>
  );
}

/** Only the local stack has sites on this machine, and those speak http. */
function frontPage(domain: string): string {
  return `${/^localhost(:|$)/.test(domain) ? "http" : "https"}://${domain}/`;
}

/** Nothing typed means the front page; a scheme may be left out. */
function asAddress(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+:\d/.test(trimmed) ? trimmed : `https://${trimmed}`;
}

function Findings({ check }: { check: InstallCheck }) {
  return (
    <div class="stack" style={{ "--gap": "10px" }}>
      {check.findings.map((finding) => (
        <FindingNotice key={finding.code} finding={finding} />
      ))}
      <p class="muted small">
        Looked at {check.url}, {formatAgo(check.checkedAt)}.
      </p>
    </div>
  );
}

function FindingNotice({ finding }: { finding: Finding }) {
  const href = useHref();
  const { title, text, copies, leadsTo } = findingWords(finding);
  return (
    <div class="finding">
      <Notice
        tone={FINDING_TONES[finding.level]}
        title={title}
        action={
          leadsTo && (
            <LinkButton small href={href(leadsTo.path)}>
              {leadsTo.label}
            </LinkButton>
          )
        }
      >
        {text}
      </Notice>
      {copies && finding.fix && <CopyBox text={finding.fix} what={copies} />}
    </div>
  );
}
