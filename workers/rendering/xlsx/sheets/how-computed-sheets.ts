import type { ReportRate } from "#core/report/report-basis.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { howComputedFacts } from "#rendering/words/how-computed-facts.ts";
import type { ReportVoice } from "#rendering/words/report-voice.ts";
import type { ReportWords } from "#rendering/words/report-words.ts";
import type { Sheet } from "#rendering/xlsx/sheet.ts";

const TERM_WIDTH = 24;
const TEXT_WIDTH = 110;
const RATE_WIDTH = 14;

/** What every figure rests on. */
export function howComputedSheet(model: ReportModel, voice: ReportVoice): Sheet {
  const { words } = voice;
  const facts = howComputedFacts(model, voice);
  return {
    name: words.sections.howComputed.title,
    lead: [],
    columns: [
      { header: words.columns.term, format: "wrapped", width: TERM_WIDTH },
      { header: words.columns.text, format: "wrapped", width: TEXT_WIDTH },
    ],
    rowCount: facts.length,
    rows: facts.map(({ term, text }) => ({ cells: [term, text] })),
    totals: null,
  };
}

/** Every rate that an amount was converted with: units of the report's currency for one of the other. */
export function rateSheet(rates: readonly ReportRate[], words: ReportWords): Sheet {
  const { columns } = words;
  return {
    name: words.howComputed.terms.rates,
    lead: [],
    columns: [
      { header: columns.currency, format: "text", width: RATE_WIDTH },
      { header: columns.from, format: "day", width: RATE_WIDTH },
      { header: columns.to, format: "day", width: RATE_WIDTH },
      { header: columns.rate, format: "rate", width: RATE_WIDTH },
    ],
    rowCount: rates.length,
    rows: rates.map(({ currency, from, to, rate }) => ({ cells: [currency, from, to, Number(rate)] })),
    totals: null,
  };
}
