import type { ReportModel } from "#core/report/report-model.ts";
import { Logo } from "#frontend/frame/logo.tsx";
import { textOnAccent } from "#rendering/format/text-on-accent.ts";
import { headlinePhrases } from "#rendering/words/headline.ts";
import { scopeNames } from "#rendering/words/names.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";

/** Waymark's own band, as on paper. */
const OWN_BAND = "#0a3638";

type CoverProps = { model: ReportModel; voice: ReportVoice; logo: string | null };

/** Whose report, of what, for which days and for whom; then all of it in a few sentences. */
export function ReportCover({ model, voice, logo }: CoverProps) {
  const { words, formats } = voice;
  const band = model.branding.accent ?? OWN_BAND;
  return (
    <>
      <header class="rv-cover" style={{ background: band, color: textOnAccent(band) }}>
        <div class="rv-cover-top">
          {logo ? (
            <span class="rv-logo">
              <img src={logo} alt={model.accountName} />
            </span>
          ) : (
            <Logo size={22} />
          )}
          <span class="rv-kind">{words.kinds[model.kind]}</span>
        </div>
        <h1>{model.title}</h1>
        <p class="rv-facts">
          <strong>{formats.range(model.range)}</strong>
          <span>
            {scopeNames(model, words)
              .filter((name) => name !== model.title)
              .join(" · ")}
          </span>
          {model.preparedFor !== null && (
            <span class="rv-for">{words.page.preparedFor(model.preparedFor)}</span>
          )}
        </p>
      </header>
      <p class="rv-summary">
        {headlinePhrases(model, voice).map(({ text, isStrong }, index) =>
          isStrong ? <strong key={index}>{text}</strong> : <span key={index}>{text}</span>,
        )}
      </p>
    </>
  );
}
