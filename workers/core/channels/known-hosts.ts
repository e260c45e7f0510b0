/** What kind of place a source is. An assistant is one that answers in its own words and names where it read. */
export type SourceKind = "search" | "social" | "video" | "shopping" | "email" | "assistant";

type Names = Readonly<Partial<Record<SourceKind, string>>>;

/**
 * Names that belong to one company wherever it trades: as a utm source the name alone, as a host the name under `.com`
 * and under every country (`google.co.uk`, `amazon.com.br`), with what stands before it.
 */
const BRANDS: Names = {
  search: "google bing yahoo yandex baidu duckduckgo aol",
  social:
    "facebook instagram twitter linkedin pinterest reddit tumblr snapchat tiktok whatsapp quora tripadvisor yelp " +
    "glassdoor xing",
  video: "youtube vimeo dailymotion netflix",
  shopping:
    "amazon ebay etsy aliexpress alibaba walmart idealo mercadolibre mercadolivre rakuten shopify zalando",
};

/**
 * What people write in utm_source beside the brands. Spaces and underscores count as dashes. Portals of old which GA4
 * still lists as search sites and which publish today (cnn, comcast, globo) are left out.
 */
const WORDS: Names = {
  search:
    "ecosia qwant startpage brave naver daum seznam sogou ask lycos rambler kagi mojeek swisscows metager msn dogpile " +
    "coccoc petalsearch onet google-ads googleads adwords bing-ads bingads microsoft-ads google-play",
  social:
    "fb ig meta x threads mastodon bluesky bsky discord telegram messenger vk vkontakte weibo wechat line kakao flickr " +
    "medium nextdoor meetup producthunt product-hunt hackernews hacker-news stackoverflow slack disqus goodreads " +
    "livejournal social facebook-ads fb-ads linkedin-ads tiktok-ads",
  video: "yt twitch hulu disneyplus iqiyi youku wistia rumble bilibili crackle ted utreon youtube-ads",
  shopping:
    "shopping google-shopping igshopping shopzilla pricegrabber billiger geizhals kelkoo otto temu allegro",
  email:
    "email e-mail mail newsletter mailchimp klaviyo sendgrid brevo sendinblue mailjet mailerlite hs-email hubspot " +
    "convertkit activecampaign gmail outlook",
  assistant: "chatgpt openai perplexity claude gemini copilot deepseek",
};

/** Hosts, each with all below it, and Android packages, which refer in the place of a host. */
const HOSTS: Names = {
  search:
    "ecosia.org qwant.com startpage.com search.brave.com naver.com daum.net seznam.cz sogou.com so.com 360.cn sm.cn " +
    "ask.com lycos.com rambler.ru go.mail.ru ya.ru kagi.com mojeek.com swisscows.com metager.org metager.de " +
    "presearch.com dogpile.com coccoc.com petalsearch.com msn.com onet.pl search.ukr.net startsiden.no biglobe.ne.jp " +
    "news.google.com lens.google.com play.google.com com.google.android.googlequicksearchbox",
  social:
    "fb.me fb.com t.co x.com lnkd.in redd.it pin.it t.me web.telegram.org vk.com vkontakte.ru ok.ru odnoklassniki.ru " +
    "weibo.com weibo.cn wechat.com line.me kakao.com medium.com flickr.com threads.net threads.com mastodon.social " +
    "mastodon.online bsky.app discord.com discord.gg messenger.com wa.me nextdoor.com meetup.com producthunt.com " +
    "news.ycombinator.com stackoverflow.com stackexchange.com slack.com disqus.com goodreads.com livejournal.com " +
    "groups.google.com plus.google.com blog.naver.com cafe.naver.com kin.naver.com mixi.jp ameblo.jp " +
    "com.facebook.katana com.facebook.orca com.instagram.android com.twitter.android com.linkedin.android " +
    "com.reddit.frontpage com.pinterest com.whatsapp com.slack org.telegram.messenger com.zhiliaoapp.musically",
  video:
    "youtu.be youtube-nocookie.com twitch.tv hulu.com disneyplus.com iqiyi.com iq.com youku.com wistia.com wistia.net " +
    "rumble.com bilibili.com crackle.com ted.com com.google.android.youtube",
  shopping:
    "shopping.google.com shopping.yahoo.com shopping.yahoo.co.jp shopping.naver.com shopzilla.com pricegrabber.com " +
    "billiger.de geizhals.de geizhals.at otto.de temu.com allegro.pl",
  email:
    "mail.google.com inbox.google.com com.google.android.gm mail.yahoo.com mail.yahoo.co.jp mail.aol.com " +
    "outlook.live.com outlook.office.com outlook.office365.com com.microsoft.office.outlook mail.yandex.ru e.mail.ru " +
    "email.seznam.cz mail.proton.me mail.zoho.com mail.qq.com mail.163.com mail.naver.com mail.daum.net " +
    "deref-gmx.net deref-web.de deref-mail.com com.yahoo.mobile.client.android.mail",
  assistant:
    "chatgpt.com openai.com perplexity.ai claude.ai gemini.google.com copilot.microsoft.com copilot.com deepseek.com " +
    "grok.com chat.mistral.ai meta.ai you.com poe.com phind.com edgeservices.bing.com com.openai.chatgpt",
};

/** Under a brand above, but none of what the brand is known for. */
const ELSEWHERE: ReadonlySet<string> = new Set(["aws.amazon.com"]);

const BRAND_KINDS = kindsOf(BRANDS);
const WORD_KINDS = new Map([...kindsOf(WORDS), ...BRAND_KINDS]);
const HOST_KINDS = kindsOf(HOSTS);

/**
 * What kind of place a utm source or a referrer's host is; null for the many that are none of these. The most specific
 * name decides: `mail.google.com` is mail, `google.com` a search engine, `docs.google.com` neither.
 */
export function sourceKind(source: string): SourceKind | null {
  const folded = source.trim().toLowerCase();
  if (!folded.includes(".")) return WORD_KINDS.get(folded.replace(/[\s_]+/g, "-")) ?? null;
  const labels = folded.split(".");
  for (let start = 0; start < labels.length - 1; start += 1) {
    const host = labels.slice(start).join(".");
    if (ELSEWHERE.has(host)) return null;
    const kind = HOST_KINDS.get(host) ?? brandKind(labels.slice(start));
    if (kind) return reaches(kind, labels[start - 1]) ? kind : null;
  }
  return null;
}

/** `.com`, a country, or a country's own `.co` or `.com`. */
const COMPANY_SUFFIX = /^(com|(com?\.)?[a-z]{2})$/;

/** The kind of `brand.com`, `brand.de`, `brand.co.uk`; a brand under any other domain is somebody else's. */
function brandKind([name = "", ...suffix]: readonly string[]): SourceKind | null {
  return COMPANY_SUFFIX.test(suffix.join(".")) ? (BRAND_KINDS.get(name) ?? null) : null;
}

const SEARCH_PREFIXES: ReadonlySet<string> = new Set(
  "www m mobile search suche lite go wap image images".split(" "),
);

/** All that is under a social network is the network; under a search engine only what searches, in any country. */
function reaches(kind: SourceKind, prefix: string | undefined): boolean {
  return kind !== "search" || prefix === undefined || prefix.length === 2 || SEARCH_PREFIXES.has(prefix);
}

function kindsOf(names: Names): ReadonlyMap<string, SourceKind> {
  const kinds = Object.keys(names) as SourceKind[];
  return new Map(
    kinds.flatMap((kind) => (names[kind] ?? "").split(" ").map((name) => [name, kind] as const)),
  );
}
