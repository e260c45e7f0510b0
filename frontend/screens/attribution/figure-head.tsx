import type { Credit } from "#contract/attribution.ts";
import type { CreditedJourneys } from "#contract/glass-box.ts";
import { MODELS } from "#core/attribution/models.ts";
import { BasisLine } from "#frontend/analytics/basis-line.tsx";
import { groupingWords } from "#frontend/attribution/grouping-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import type { Pages } from "#frontend/attribution/use-pages.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatCredit } from "#frontend/format/number.ts";
import { SelectInput } from "#frontend/parts/field.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { sumOfPages } from "./sum-of-pages.ts";

type HeadProps = {
  answer: CreditedJourneys;
  name: string;
  list: Pages<CreditedJourneys>;
  /** The figure itself, as the workbench has it; null while it is not known. */
  figure: Credit | null;
};

/** The figure itself, the model that gave it, and the proof that the list below is all of it. */
export function FigureHead({ answer, name, list, figure }: HeadProps) {
  const [, setQuery] = useQuery();
  const { model, basis, by } = answer;
  const words = modelWords(model);
  return (
    <section class="card figure-head">
      <div class="figure-sum">
        <p class="figure-what">
          <span class="muted">{groupingWords(by).label}</span> <strong>{name}</strong>
        </p>
        {figure && (
          <p class="figure-numbers num">
            <strong>{formatCredit(figure.conversions)}</strong> conversions
            <span class="figure-line" aria-hidden="true" />
            <strong>{formatMoney(figure.revenueMinor, basis.currency)}</strong> revenue
          </p>
        )}
        <Proof answer={answer} list={list} />
        <BasisLine basis={basis} />
      </div>
      <div class="figure-model">
        <SelectInput
          id="figure-model"
          label="Model"
          value={model}
          options={MODELS.map((value) => ({ value, label: modelWords(value).label }))}
          help={words.explanation}
          onValue={(value) => setQuery({ under: value }, true)}
        />
      </div>
    </section>
  );
}

/** Down to the cent: what is listed so far, and once all is, that it is the figure. */
function Proof({ answer, list }: Pick<HeadProps, "answer" | "list">) {
  const { total, basis, model } = answer;
  if (model === "markov")
    return (
      <p class="figure-proof small">
        Markov credit is not one conversion's: it comes from all journeys together. Below is what it was
        worked out from.
      </p>
    );
  if (!total)
    return (
      <p class="figure-proof small">
        There are too many conversions on these days to add them all up here; choose fewer days to see that
        they do.
      </p>
    );
  const lines = total.items === 1 ? "1 line" : `${formatCount(total.items)} lines`;
  const sum = sumOfPages(list.pages);
  if (list.hasMore)
    return (
      <p class="figure-proof small">
        {formatCount(sum.items)} of {lines} are listed: {formatCredit(sum.conversions)} conversions,{" "}
        {formatMoney(sum.revenueMinor, basis.currency)}. All of them together are the figure above.
      </p>
    );
  const isEqual =
    sum.revenueMinor === total.revenueMinor && Math.abs(sum.conversions - total.conversions) < 1e-6;
  return (
    <p class={isEqual ? "figure-proof figure-equal small" : "figure-proof figure-off small"}>
      <Icon name={isEqual ? "check" : "warning"} size={16} />
      {isEqual
        ? `The ${lines} below add up to it, to the cent.`
        : `The ${lines} below add up to ${formatCredit(sum.conversions)} conversions and ${formatMoney(sum.revenueMinor, basis.currency)}: figures changed meanwhile. Load the page again.`}
    </p>
  );
}
