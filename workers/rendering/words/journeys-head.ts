import type { ReportJourneys } from "#core/report/report-journeys.ts";
import type { ReportWords, SectionWords } from "./report-words.ts";

/** Heading and note of the journeys; where they are of the report's campaigns alone, that they are not the credited conversions. */
export function journeysHead({ by }: ReportJourneys, words: ReportWords): SectionWords {
  const { title, note } = words.sections.journeys;
  return { title, note: by === "campaign" ? `${note} ${words.journeys.ofCampaigns}` : note };
}

/** What the number of conversions is called in a table that has no note. */
export function journeyConversions({ by }: ReportJourneys, words: ReportWords): string {
  return by === "campaign" ? words.journeys.withTheirPart : words.columns.conversions;
}
