import type { CreateLinkRequest, Link, LinkFigures } from "#contract/links.ts";
import { countDays } from "#frontend/format/day.ts";
import { SITE_ID } from "./fixture-answers.ts";
import { done, list, now, ok, type Route } from "./fixture-answer.ts";
import { campaignName } from "./fixture-figures.ts";
import type { FixtureState } from "./fixture-state.ts";

/** Short links, and what came through them: the more, the longer the range and the further down the list. */
export const LINK_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/links$/,
    answer: ({ state, query }) => list(linksOf(state, query)),
  },
  {
    method: "GET",
    path: /^\/sites\/([^/]+)\/links\/figures$/,
    answer: ({ state, query }) => ok(figuresOf(linksOf(state, query), query)),
  },
  {
    method: "POST",
    path: /^\/sites\/([^/]+)\/links$/,
    answer: ({ state, body }) => {
      const { destination, slug = "k7x2p", campaignId = null, note = null } = body as CreateLinkRequest;
      const link = {
        id: `lnk_${slug}`,
        slug,
        url: `https://go.waymark.example/r/${slug}`,
        destination,
        campaignId,
        campaign: campaignId === null ? null : campaignName(campaignId),
        note,
        createdAt: now(),
      };
      state.links.unshift(link);
      return ok(link, 201);
    },
  },
  {
    method: "DELETE",
    path: /^\/links\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.links = state.links.filter(({ id }) => id !== ids[0]);
      return done;
    },
  },
];

function linksOf(state: FixtureState, query: URLSearchParams): Link[] {
  const campaign = query.get("campaign");
  return state.links.filter(({ campaignId }) => campaign === null || campaignId === campaign);
}

function figuresOf(links: readonly Link[], query: URLSearchParams): LinkFigures {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  const days = countDays(from, to);
  return {
    siteId: SITE_ID,
    range: { from, to },
    currency: "EUR",
    asOf: now(),
    items: links.map(({ id, slug }, at) => ({
      linkId: id,
      slug,
      figures: {
        clicks: days * (at + 3),
        sessions: days * (at + 2),
        pageviews: days * (at + 2) * 3,
        visitors: days * (at + 1),
        visitorsMargin: null,
        conversions: days + at,
        revenueMinor: (days + at) * 4_210,
        refundMinor: 0,
      },
    })),
    next: null,
  };
}
