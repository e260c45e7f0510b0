import type { DifferenceExample, RunComparison, RunDetails } from "#contract/runs.ts";
import { writeSwitches } from "#frontend/attribution/attribution-view.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";
import { useHref } from "#frontend/state/links.ts";
import { reasonWords } from "#frontend/attribution/reason-words.ts";
import { signedCredit, signedMoney } from "#frontend/attribution/signed-change.ts";

type ExamplesProps = { comparison: RunComparison; run: RunDetails; currency: string; zone: string };

/** The single conversions and refunds behind a difference, the largest of each reason, each with its journey. */
export function DifferenceExamples({ comparison, run, currency, zone }: ExamplesProps) {
  const { examples, total } = comparison;
  const hrefOf = useJourneyHref(comparison, run);
  if (examples.length === 0) return null;
  return (
    <section class="examples" aria-label="Single changes">
      <h3>Single changes</h3>
      {total.reasons.map(({ reason, count }) => {
        const own = examples.filter((example) => example.reason === reason);
        if (own.length === 0) return null;
        return (
          <details key={reason}>
            <summary>
              {reasonWords(reason).label}{" "}
              <span class="small muted">
                {own.length < count
                  ? `the largest ${formatCount(own.length)} of ${formatCount(count)}`
                  : formatCount(count)}
              </span>
            </summary>
            <ol>
              {own.map((example) => (
                <li key={`${example.kind} ${example.id}`} class="example">
                  <Name example={example} href={hrefOf(example)} zone={zone} />
                  <span class="num">{signedCredit(example.conversions)}</span>
                  <span class="num">{signedMoney(example.revenueMinor, currency)}</span>
                </li>
              ))}
            </ol>
          </details>
        );
      })}
    </section>
  );
}

type NameProps = { example: DifferenceExample; href: string | null; zone: string };

function Name({ example: { kind, at }, href, zone }: NameProps) {
  const text = `${kind === "refund" ? "Refund" : "Conversion"}, ${formatMinute(at, zone)}`;
  return href === null ? (
    <span>
      {text} <span class="muted">(its journey is gone)</span>
    </span>
  ) : (
    <a href={href}>{text}</a>
  );
}

/** The journey as the run saw it, under its options, with the way back to this comparison. */
function useJourneyHref({ before, model }: RunComparison, run: RunDetails) {
  const href = useHref();
  return ({ conversionId }: DifferenceExample) => {
    if (conversionId === null) return null;
    const options = run.answer ? writeSwitches({ ...run.answer.basis, by: run.by }) : {};
    return href(`/attribution/journey/${conversionId}`, {
      ...options,
      run: run.id,
      with: before.id,
      under: model,
    });
  };
}
