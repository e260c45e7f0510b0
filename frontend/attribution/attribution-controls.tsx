import { DateControl } from "#frontend/parts/date-control.tsx";
import { ShareButton } from "#frontend/frame/share-button.tsx";
import { writeRangeChoice } from "#frontend/state/date-range.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { writeSwitches } from "./attribution-view.ts";
import type { AttributionView } from "./attribution-view.ts";
import { OptionsControl } from "./options-control.tsx";

/** The one row of controls of the pages about journeys; what it says is in the URL. */
export function AttributionControls({ view }: { view: AttributionView }) {
  const [, setQuery] = useQuery();
  return (
    <>
      <DateControl
        choice={view.choice}
        today={view.today}
        onChoice={(choice) => setQuery(writeRangeChoice(choice))}
      />
      <OptionsControl switches={view.switches} onSwitch={(change) => setQuery(writeSwitches(change), true)} />
      <ShareButton />
    </>
  );
}
