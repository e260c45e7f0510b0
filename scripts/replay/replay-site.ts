import type { CreatedApiKey } from "#contract/accounts.ts";
import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";

type List<T> = { items: T[]; next: string | null };

/** The account's site that replays go to; made by the first one. Money of path files has no currency: euros. */
export async function replaySite(client: WaymarkClient, name: string): Promise<Site> {
  const { items } = await client.request<List<Site>>("GET", "/sites");
  const existing = items.find((site) => site.name === name);
  if (existing) return existing;
  return await client.request<Site>("POST", "/sites", {
    name,
    domain: "replay.example",
    timeZone: "UTC",
    currency: "EUR",
  });
}

/** Public campaign id of each token; a token without a campaign gets one. */
export async function replayCampaigns(
  client: WaymarkClient,
  siteId: string,
  tokens: readonly string[],
): Promise<Map<string, string>> {
  const { items } = await client.request<List<Campaign>>("GET", `/sites/${siteId}/campaigns?limit=200`);
  const byToken = new Map(items.map((campaign) => [campaign.name, campaign.id]));
  for (const token of tokens) {
    if (byToken.has(token)) continue;
    const made = await client.request<Campaign>("POST", `/sites/${siteId}/campaigns`, {
      name: token,
      channel: "paid-other",
      status: "active",
    });
    byToken.set(token, made.id);
  }
  return byToken;
}

/** Runs with a key that lives only as long as the run. */
export async function withImportKey<T>(
  client: WaymarkClient,
  run: (keyed: WaymarkClient) => Promise<T>,
): Promise<T> {
  const key = await client.request<CreatedApiKey>("POST", "/api-keys", {
    name: "Replay",
    scopes: ["events:write"],
  });
  try {
    return await run(client.withKey(key.key));
  } finally {
    await client.request("DELETE", `/api-keys/${key.id}`);
  }
}
