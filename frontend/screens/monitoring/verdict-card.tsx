import type { Monitoring } from "#contract/monitoring.ts";
import { Icon } from "#frontend/parts/icon.tsx";
import { findingsOf } from "./verdict.ts";
import type { Finding } from "./verdict.ts";

const ICONS = { good: "check", warn: "warning", bad: "danger" } as const;

/** How it is, in one sentence, and what it rests on where something needs a look. */
export function VerdictCard({ figures }: { figures: Monitoring }) {
  const findings = findingsOf(figures);
  const tone = findings[0]?.tone ?? "good";
  return (
    <section class={`card mon-verdict mon-${tone}`} aria-label="Verdict">
      <span class="mon-sign">
        <Icon name={ICONS[tone]} size={20} />
      </span>
      <div role="status">
        <h2>{titleOf(findings)}</h2>
        {findings.length === 0 ? (
          <p>No database is away, nothing waits for long, and no more fails than usual.</p>
        ) : (
          <ul class="mon-findings">
            {findings.map((finding) => (
              <li key={finding.text}>
                {finding.text}{" "}
                {finding.href && (
                  <a class="link-inline" href={finding.href}>
                    Look
                  </a>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function titleOf(findings: readonly Finding[]): string {
  const [worst] = findings;
  if (worst === undefined) return "Everything runs";
  return worst.tone === "bad" ? "Something is broken" : "It runs, and something needs a look";
}
