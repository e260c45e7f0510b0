import type { Link } from "#contract/links.ts";
import type { LinkRecord } from "#db/queries/links/links.ts";
import type { Settings } from "#usecases/deps.ts";

type ShownFields = Omit<LinkRecord, "id" | "siteId" | "archivedAt">;

/** A stored link as the API shows it, with its whole short address. */
export function showLink(record: ShownFields, settings: Settings): Link {
  return {
    id: record.publicId,
    slug: record.slug,
    url: `${settings.collectOrigin}/r/${record.slug}`,
    destination: record.destination,
    campaignId: record.campaignPublicId,
    campaign: record.campaignName,
    note: record.note,
    createdAt: record.createdAt.toISOString(),
  };
}
