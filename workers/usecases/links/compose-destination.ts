import type { CreateLinkRequest } from "#contract/links.ts";
import { namesUtm, withUtm, type UtmParams } from "#core/campaigns/link-destination.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { CampaignRecord } from "#db/queries/campaigns/campaign-record.ts";

export const MAX_DESTINATION_LENGTH = 2_048;

export type DestinationRefusal = {
  kind: "invalid_destination";
  reason: "not_an_address" | "not_http" | "has_password" | "too_long";
};

/**
 * Where a link leads, with its utm parameters, as a `Location` header can carry it. A campaign's link names that
 * campaign for the tools that read utm_campaign, unless the destination or the request names one.
 */
export function composeDestination(
  request: Pick<CreateLinkRequest, "destination" | "utm">,
  campaign: Pick<CampaignRecord, "matchers"> | null,
): Result<string, DestinationRefusal> {
  const checked = checkDestination(request.destination);
  if (!checked.ok) return checked;
  const utm: UtmParams = { ...campaignParam(checked.value, campaign), ...request.utm };
  const destination = withUtm(checked.value, utm);
  return destination.length > MAX_DESTINATION_LENGTH
    ? fail({ kind: "invalid_destination", reason: "too_long" })
    : ok(destination);
}

function campaignParam(destination: string, campaign: Pick<CampaignRecord, "matchers"> | null): UtmParams {
  const named = campaign?.matchers.find(({ kind }) => kind === "utm_campaign");
  return named === undefined || namesUtm(destination, "campaign") ? {} : { campaign: named.value };
}

function checkDestination(destination: string): Result<string, DestinationRefusal> {
  const url = URL.parse(destination.trim());
  if (url === null) return fail({ kind: "invalid_destination", reason: "not_an_address" });
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return fail({ kind: "invalid_destination", reason: "not_http" });
  }
  // `https://bank.example@evil.example` reads as another place than it leads to.
  if (url.username !== "" || url.password !== "") {
    return fail({ kind: "invalid_destination", reason: "has_password" });
  }
  return ok(url.href);
}
