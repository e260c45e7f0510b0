import { LinkButton } from "#frontend/parts/button.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Page } from "./page.tsx";

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no page at this address"
        picture="none"
        action={<LinkButton href="/">Go to the overview</LinkButton>}
      >
        The link may be old, or mistyped.
      </EmptyState>
    </Page>
  );
}
