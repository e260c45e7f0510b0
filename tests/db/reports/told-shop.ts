import type { Database } from "#db/database.ts";
import type { KeyPrincipal } from "#usecases/accounts/principal.ts";
import { keyPrincipal } from "#tests/db/campaigns/campaign-deps.ts";
import { type siteStory, type StoryOf, tellAccount, type ToldSite } from "./random-account.ts";

type Story = StoryOf<typeof siteStory>;

/** What somebody buys, and keeps. */
export const order = (cents: number, currency: "EUR" | "USD" = "EUR") => ({ cents, currency, refund: null });
const visits: Story["visits"] = Array.from({ length: 12 }, (_, n) => ({
  daysAgo: 1 + (n % 6),
  touches: [[0, 1], [1], [0, -1, 1, 0], [-1], [], [2, 0, 1]][n % 6] ?? [],
  orders: [order(1_000 + 37 * n), ...(n % 4 === 0 ? [order(501)] : [])],
}));
const spend: Story["spend"] = [
  { campaign: 0, daysAgo: 3, cents: 4_000, currency: "EUR" },
  { campaign: 2, daysAgo: 2, cents: 90_000, currency: "EUR" },
];
const reach: Story["reach"] = [
  { campaign: 0, daysAgo: 1, type: "impression" },
  { campaign: 1, daysAgo: 1, type: "click" },
];

type Campaign = ToldSite["campaigns"][number];
export type Shop = {
  site: ToldSite;
  principal: KeyPrincipal;
  accountId: number;
  sites: ToldSite[];
  first: Campaign;
  second: Campaign;
  /** It costs more than it brings. */
  third: Campaign;
};

/** Currencies of its sites, and the rate of the dollar. */
export type ShopOptions = { homes?: ("EUR" | "USD")[]; rate?: "1.25" | null };

/** A shop with three campaigns: two that earn, and one that mostly costs. */
export async function tellShop(db: Database, { homes = ["EUR"], rate = null }: ShopOptions): Promise<Shop> {
  const story = { campaigns: 3, visits, spend, reach };
  const account = await tellAccount(db, { sites: homes.map((home) => [story, home]), rate });
  const [site] = account.sites;
  const [first, second, third] = site?.campaigns ?? [];
  if (!site || !first || !second || !third) throw new Error("There is no shop");
  const principal = { ...keyPrincipal(site), accountId: account.accountId };
  return { ...account, site, principal, first, second, third };
}
