import "./report-view.css";

import type { ComponentChildren } from "preact";

import type { ReportModel, ReportSection } from "#core/report/report-model.ts";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { howComputedFacts } from "#rendering/words/how-computed-facts.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import { AttributionSection } from "./attribution-section.tsx";
import { CampaignSection } from "./campaign-section.tsx";
import { JourneySection } from "./journey-section.tsx";
import { ReportChart } from "./report-chart.tsx";
import { ReportCover } from "./report-cover.tsx";
import { ReportTiles } from "./report-tiles.tsx";
import { SectionHead } from "./section-head.tsx";
import { ChannelSection, SiteSection } from "./traffic-sections.tsx";
import { usePaperTheme } from "./use-paper-theme.ts";
import { useVoice } from "./use-voice.ts";

type Props = { model: ReportModel; logo: string | null };

/** The report on screen: the PDF's figures, words and order, from the same model. */
export function ReportView({ model, logo }: Props) {
  const voice = useVoice(model);
  usePaperTheme();
  if (voice === null) return <ReportSkeleton />;
  if (voice instanceof Error) {
    return <ErrorState what="The report" problem={voice} onRetry={() => location.reload()} />;
  }
  return (
    <article class="rv" lang={model.language}>
      <ReportCover model={model} voice={voice} logo={logo} />
      {model.sections.map((section) => SECTIONS[section]({ model, voice }))}
      <HowComputed model={model} voice={voice} />
      <footer class="rv-foot">
        <span>{model.branding.footer ?? model.accountName}</span>
        <span>{voice.words.page.madeAt(voice.formats.instant(model.generatedAt))}</span>
      </footer>
    </article>
  );
}

type PartProps = { model: ReportModel; voice: ReportVoice };

/** A section that was not asked for has no figures in the model. */
const SECTIONS: Readonly<Record<ReportSection, (props: PartProps) => ComponentChildren>> = {
  kpis: (props) => <ReportTiles {...props} />,
  chart: (props) => <ReportChart {...props} />,
  sites: ({ model, voice }) => model.sites && <SiteSection sites={model.sites} model={model} voice={voice} />,
  channels: ({ model, voice }) =>
    model.channels && <ChannelSection channels={model.channels} voice={voice} />,
  campaigns: ({ model, voice }) =>
    model.campaigns && <CampaignSection campaigns={model.campaigns} kind={model.kind} voice={voice} />,
  attribution: ({ model, voice }) =>
    model.attribution && <AttributionSection attribution={model.attribution} voice={voice} />,
  journeys: ({ model, voice }) =>
    model.journeys && <JourneySection journeys={model.journeys} voice={voice} />,
};

function HowComputed({ model, voice }: PartProps) {
  return (
    <section class="rv-section">
      <SectionHead {...voice.words.sections.howComputed} />
      <dl class="rv-how">
        {howComputedFacts(model, voice).map(({ term, text }, index) => (
          <div key={index}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function ReportSkeleton() {
  return (
    <Skeleton label="report">
      <div class="rv">
        <Bone height={170} />
        <div class="rv-section stack">
          <Bone height={52} />
          <Bone height={120} />
          <Bone height={260} />
        </div>
      </div>
    </Skeleton>
  );
}
