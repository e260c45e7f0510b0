import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";

import { useWorkspace } from "#frontend/state/workspace.ts";
import { addressNow, useRedirect, withQuery } from "#frontend/state/use-query.ts";

const WITHOUT_SITE = ["/welcome", "/account"];

/** Without a site there is one next step; with one, the address names it, so that it can be sent to a colleague. */
export function SiteGate({ children }: { children: ComponentChildren }) {
  const { site } = useWorkspace();
  const { path, query } = useLocation();
  const redirect = useRedirect();
  const needsSite = !WITHOUT_SITE.includes(path) && !path.startsWith("/admin/");

  useEffect(() => {
    if (!needsSite) return;
    if (!site) redirect("/welcome");
    else if (query.site !== site.id) redirect(withQuery(addressNow(), { site: site.id }));
  }, [needsSite, site, query.site, redirect]);

  return needsSite && !site ? null : <>{children}</>;
}
