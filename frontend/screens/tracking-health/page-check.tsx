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
import { describedBy, FieldFrame } from "#frontend/parts/field.tsx";
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
      <PageChecker site={site} isMain />
    </Card>
  );
}

/** `isMain`: where it is the one thing to do. */
export function PageChecker({ site, isMain }: { site: Site; isMain?: boolean }) {
  const [url, setUrl] = useState(() => frontPage(site.domain));
  const { check, problem, isBusy, run } = useCheck(site, url);
  return (
    <div>
      <form
        class="page-check"
        noValidate
        aria-label="Check a page"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <AddressField url={url} onUrl={setUrl} problem={problem} />
        <Button type="submit" kind={isMain ? "primary" : "secondary"} busy={isBusy}>
          Check my page
        </Button>
      </form>
      <div aria-live="polite">{check && <Findings check={check} />}</div>
    </div>
  );
}

type AddressProps = { url: string; onUrl: (url: string) => void; problem: ApiProblem | null };

function AddressField({ url, onUrl, problem }: AddressProps) {
  const id = useId();
  const error = problem ? (problem.fields[0]?.message ?? problem.message) : undefined;
  return (
    <FieldFrame id={id} label="Address of the page" error={error}>
      <input
        id={id}
        class="input"
        type="url"
        inputMode="url"
        autocomplete="url"
        spellcheck={false}
        value={url}
        onInput={(event) => onUrl(event.currentTarget.value)}
        {...describedBy({ id, error })}
      />
    </FieldFrame>
  );
}

type Outcome = { check: InstallCheck | null; problem: ApiProblem | null };

function useCheck(site: Site, url: string) {
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>({ check: null, problem: null });
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
  return { ...outcome, isBusy, run };
}

/** Only the local stack has sites on this machine, and those speak http. */
function frontPage(domain: string): string {
  return `${/^localhost(:|$)/.test(domain) ? "http" : "https"}://${domain}/`;
}

/** Nothing typed means the front page; a scheme may be left out. */
function asAddress(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+:\d/.test(trimmed);
  const address = isWhole ? trimmed : `https://${trimmed}`;
  // What is beyond ASCII goes out as a browser writes it, a host as its A-label: only then is it the site's own.
  return /^[ -~]*$/.test(address) ? address : (URL.parse(address)?.href ?? address);
}

function Findings({ check }: { check: InstallCheck }) {
  return (
    <div class="stack findings" style={{ "--gap": "10px" }}>
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
