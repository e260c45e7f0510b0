import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { InstallGuide } from "#frontend/screens/settings/install-guide.tsx";
import { PageChecker } from "#frontend/screens/tracking-health/page-check.tsx";
import { FirstEvent } from "./first-event.tsx";

const POLL_MS = 2_000;

/** The snippet, and a line that turns green with the first event. */
export function InstallStep({ site, onNext }: { site: Site; onNext: () => void }) {
  const resource = useResource<Site>(paths.site(site.id), {
    everyMs: (value) => (value?.firstEventAt ? undefined : POLL_MS),
  });
  const seen = (resource.value ?? site).firstEventAt;
  return (
    <>
      <Card
        title="Add this line to your pages"
        sub="It loads after everything else and never delays a click."
      >
        <InstallGuide snippet={site.snippet} />
      </Card>
      <FirstEvent site={site} seen={seen} />
      {!seen && (
        <details class="waiting-check">
          <summary>Nothing yet? Check my page</summary>
          <PageChecker site={site} />
        </details>
      )}
      <div class="row">
        <Button kind="primary" onClick={onNext}>
          {seen ? "Go on to your first campaign" : "Go on while we wait"}
        </Button>
      </div>
    </>
  );
}
