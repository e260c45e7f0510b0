import { fail, ok, type Result } from "#core/result.ts";
import { reserveSlug as takeSlug } from "#db/queries/links/link-slugs.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

const MADE_SLUG_LENGTH = 7;
/** 31^7 slugs: that five in a row are taken is a broken random source, not bad luck. */
const MAX_ATTEMPTS = 5;

export type SlugTaken = { kind: "slug_taken"; slug: string };
export type SlugWish = { slug: string | undefined; siteId: number; at: Date };

/** Takes the wished slug for a site, or makes one up. Slugs are global: one host redirects for all sites. */
export async function reserveSlug(
  deps: Pick<Deps, "databases" | "ids">,
  { slug, siteId, at }: SlugWish,
): Promise<Result<string, SlugTaken>> {
  const control = controlDatabase(deps);
  if (slug !== undefined) {
    const isOurs = await takeSlug(control, { slug, siteId, at });
    return isOurs ? ok(slug) : fail({ kind: "slug_taken", slug });
  }
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const made = deps.ids.word(MADE_SLUG_LENGTH);
    if (await takeSlug(control, { slug: made, siteId, at })) return ok(made);
  }
  throw new Error(`Cannot make a slug: ${MAX_ATTEMPTS} random words were all taken`);
}
