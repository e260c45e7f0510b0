import type { ReportJourney, ReportJourneys } from "#core/report/report-journeys.ts";
import { channelColour } from "#frontend/format/channel.ts";
import { shareOf } from "#rendering/words/figure-cells.ts";
import { journeysHead } from "#rendering/words/journeys-head.ts";
import { lagText } from "#rendering/words/lag-text.ts";
import { stepName } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import { SectionHead } from "./section-head.tsx";

type Props = { journeys: ReportJourneys; voice: ReportVoice };

/** The ways with the most conversions, all others in one row, and how many touchpoints they had. */
export function JourneySection({ journeys, voice }: Props) {
  const { words, formats } = voice;
  const { others } = journeys;
  return (
    <section class="rv-section">
      <SectionHead {...journeysHead(journeys, words)} />
      {journeys.top.length === 0 ? (
        <p class="rv-empty">{words.tables.noConversions}</p>
      ) : (
        <div class="rv-table-wrap" role="region" aria-label={words.journeys.title} tabIndex={0}>
          <table class="rv-table">
            <caption class="sr-only">{words.journeys.title}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.journey}</th>
                <th scope="col" class="rv-num">
                  {words.kpis.conversions}
                </th>
                <th scope="col" class="rv-num">
                  {words.columns.revenue}
                </th>
              </tr>
            </thead>
            <tbody>
              {journeys.top.map((journey, index) => (
                <tr key={index}>
                  <th scope="row">
                    <Way journey={journey} by={journeys.by} voice={voice} />
                  </th>
                  <Numbers {...journey} of={journeys.conversions} voice={voice} />
                </tr>
              ))}
              {others.ways > 0 && (
                <tr class="rv-muted">
                  <th scope="row">{words.journeys.otherWays(others.ways, formats.count(others.ways))}</th>
                  <Numbers {...others} of={journeys.conversions} voice={voice} />
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
      <Lengths journeys={journeys} voice={voice} />
    </section>
  );
}

type WayProps = { journey: ReportJourney; by: ReportJourneys["by"]; voice: ReportVoice };

function Way({ journey, by, voice: { words } }: WayProps) {
  if (journey.path.length === 0) return <>{words.rows.unattributed}</>;
  return (
    <span class="rv-way">
      {journey.isShortened && <span class="rv-step">…</span>}
      {journey.path.map((step, index) => (
        <span
          key={index}
          class="rv-step"
          style={step.kind === "group" ? { "--rv-step": channelColour(step.key) } : {}}
        >
          {stepName(step, by, words)}
        </span>
      ))}
    </span>
  );
}

type NumberProps = { conversions: number; revenueMinor: number; of: number; voice: ReportVoice };

function Numbers({ conversions, revenueMinor, of, voice: { formats } }: NumberProps) {
  const share = shareOf(conversions, of);
  return (
    <>
      <td class="rv-num rv-share" style={{ "--rv-share": `${Math.round(share * 1_000) / 10}%` }}>
        {formats.credit(conversions)} · {formats.wholePercent(share)}
      </td>
      <td class="rv-num">{formats.money(revenueMinor)}</td>
    </>
  );
}

function Lengths({ journeys: { lengths, medianLagMs }, voice }: Props) {
  const { words, formats } = voice;
  const total = lengths.reduce((sum, { conversions }) => sum + conversions, 0);
  if (total <= 0) return null;
  const most = Math.max(...lengths.map(({ conversions }) => conversions));
  return (
    <div class="rv-lengths">
      <h3>{words.journeys.lengths}</h3>
      <dl>
        {lengths.map(({ min, max, conversions }) => (
          <div key={min}>
            <dt>{words.journeys.touchpoints(min, max)}</dt>
            <dd>
              <span
                class="rv-length-bar"
                style={{ width: `${Math.round(60 * shareOf(conversions, most))}%` }}
              />
              {formats.credit(conversions)} · {formats.wholePercent(shareOf(conversions, total))}
            </dd>
          </div>
        ))}
      </dl>
      {medianLagMs !== null && <p>{words.journeys.medianLag(lagText(medianLagMs, voice))}</p>}
    </div>
  );
}
