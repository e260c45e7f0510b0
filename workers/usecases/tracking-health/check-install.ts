import type { InstallCheck } from "#contract/tracking.ts";
import { checkPage } from "#core/install-check/check-page.ts";
import { finding, type InstallFinding } from "#core/install-check/install-finding.ts";
import { frontPage, pageTarget, type TargetRefusal } from "#core/install-check/page-target.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { selectSite } from "#db/queries/sites/select-sites.ts";
import type { SiteRecord } from "#db/queries/sites/site-record.ts";
import type { FetchedPage, PageFetcher } from "#platform/page-fetcher.ts";
import type { SignInRate } from "#platform/sign-in-rate.ts";
import type { TooManyAttempts } from "#usecases/accounts/brake.ts";
import type { Deps } from "#usecases/deps.ts";
import { snippetOf } from "#usecases/sites/show-site.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type CheckInstallDeps = Pick<Deps, "databases" | "settings" | "clock"> & {
  fetchPage: PageFetcher;
  signInRate: SignInRate;
};

export type CheckInstallInput = {
  site: SiteRef;
  /** A page of the site; absent: its front page. */
  url: string | undefined;
};

const MAX_REDIRECTS = 5;
const RETRY_AFTER_SECONDS = 60;

/**
 * Looks at a page of the site as the internet sees it and names what keeps its events from arriving. Fetches only hosts
 * that the site names, by public names; each redirect is judged anew.
 */
export async function checkInstall(
  deps: CheckInstallDeps,
  { site, url }: CheckInstallInput,
): Promise<Result<InstallCheck, TargetRefusal | TooManyAttempts>> {
  const record = await selectSite(deps.databases.named(site.database), site);
  if (record === null) throw new Error(`Site ${site.siteId} vanished while it was checked`);
  const first = targetOf(deps, record, url ?? frontPage(record));
  if (!first.ok) return first;
  if (!(await deps.signInRate.isWithin({ ip: `install-check:${site.accountId}` }))) {
    return fail({ kind: "too_many_attempts", retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  const seen = await follow(deps, record, first.value);
  return ok({
    url: seen.url,
    checkedAt: deps.clock.now().toISOString(),
    findings: judge(deps, record, seen),
  });
}

function targetOf(deps: CheckInstallDeps, site: SiteRecord, url: string): Result<string, TargetRefusal> {
  return pageTarget({ url, site, allowsLocal: deps.settings.collectOrigin.startsWith("http:") });
}

type Seen = { url: string; page: FetchedPage; refused: string | null };

/** The last page of a chain of redirects; one that leads where we may not look is not followed. */
async function follow(deps: CheckInstallDeps, site: SiteRecord, first: string): Promise<Seen> {
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    // Each hop is known only after the one before.
    // oxlint-disable-next-line no-await-in-loop
    const page = await deps.fetchPage(url);
    if (page.kind !== "redirect") return { url, page, refused: null };
    const next = URL.parse(page.location, url)?.href ?? page.location;
    const target = targetOf(deps, site, next);
    if (!target.ok) return { url, page, refused: next };
    url = target.value;
  }
  return { url, page: { kind: "unreachable", reason: "no_answer" }, refused: null };
}

function judge(deps: CheckInstallDeps, site: SiteRecord, { url, page, refused }: Seen): InstallFinding[] {
  if (refused !== null) {
    return [finding("page_elsewhere", "blocks", { found: refused, expected: site.domain })];
  }
  if (page.kind !== "page") {
    const reason = page.kind === "unreachable" ? page.reason : "no_answer";
    return [finding("page_unreachable", "blocks", { found: reason, expected: url })];
  }
  if (page.status >= 400) {
    return [finding("page_refused", "blocks", { found: String(page.status), expected: url })];
  }
  if (!/html/i.test(page.contentType)) {
    return [finding("page_not_html", "blocks", { found: page.contentType || null, expected: url })];
  }
  const { collectOrigin } = deps.settings;
  return checkPage(
    { url, origin: new URL(url).origin, html: page.html, policies: page.policies, collectOrigin },
    { ...site, snippet: snippetOf(site, collectOrigin) },
  );
}
