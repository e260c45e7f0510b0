/** Hosts and utm sources that name a kind of place, after GA4's source categories. Values: names, without a TLD. */

export const SEARCH_SOURCES: ReadonlySet<string> = new Set([
  ..."google bing duckduckgo yahoo yandex baidu ecosia qwant startpage brave-search naver daum seznam sogou so.com".split(
    " ",
  ),
  ..."ask aol lycos rambler mojeek swisscows metager presearch kagi dogpile exalead petalsearch coccoc onet msn ya".split(
    " ",
  ),
  ..."biglobe centrum.cz comcast conduit cnn eniro globo terra tut.by ukr virgilio wp.pl alice avg babylon sm.cn".split(
    " ",
  ),
]);

export const SOCIAL_SOURCES: ReadonlySet<string> = new Set([
  ..."facebook fb instagram ig twitter x t.co linkedin lnkd.in pinterest reddit tumblr snapchat threads mastodon".split(
    " ",
  ),
  ..."bluesky bsky discord whatsapp telegram t.me messenger vk ok.ru weibo wechat line quora medium flickr xing".split(
    " ",
  ),
  ..."nextdoor meetup producthunt hackernews ycombinator news.ycombinator stackoverflow slack tiktok quora disqus".split(
    " ",
  ),
  ..."glassdoor goodreads livejournal meetme plurk renren taringa tripadvisor yammer yelp wordpress blogspot".split(
    " ",
  ),
]);

export const VIDEO_SOURCES: ReadonlySet<string> = new Set(
  "youtube youtu.be vimeo dailymotion twitch netflix hulu disneyplus iqiyi youku wistia utreon rumble bilibili crackle".split(
    " ",
  ),
);

export const SHOPPING_SOURCES: ReadonlySet<string> = new Set([
  ..."amazon ebay etsy aliexpress alibaba walmart shopping idealo shopzilla shopify mercadolibre rakuten otto".split(
    " ",
  ),
  ..."igshopping shopping.google google-shopping google_shopping pricegrabber billiger geizhals kelkoo".split(
    " ",
  ),
]);

export const EMAIL_SOURCES: ReadonlySet<string> = new Set(
  "email e-mail e_mail mail newsletter mailchimp klaviyo sendgrid brevo sendinblue hubspot convertkit mail.google.com gmail outlook com.google.android.gm".split(
    " ",
  ),
);

/** AI assistants refer like any other site; GA4 counts them as Referral, and so do we. */

/**
 * The name a host or source goes by in the sets above: the host itself, the host without its public suffix
 * (`google.co.uk` → `google`), or any parent of it.
 */
export function isKnownSource(source: string, names: ReadonlySet<string>): boolean {
  const folded = source.toLowerCase().replace(/^(www|m|l|lm|out|old|mobile|search|amp)\./, "");
  if (names.has(folded)) return true;
  if (!folded.includes(".")) return false;
  const labels = folded.split(".");
  for (let start = 0; start < labels.length - 1; start += 1) {
    const parent = labels.slice(start).join(".");
    if (names.has(parent)) return true;
    const label = labels[start];
    const isRegistrable = labels.length - start <= 3 && isPublicSuffix(labels.slice(start + 1));
    if (label !== undefined && isRegistrable && names.has(label)) return true;
  }
  return false;
}

const SECOND_LEVEL = new Set(["co", "com", "net", "org", "ac", "gov", "edu"]);

/** Good enough for a search engine's country domains: `com`, `de`, `co.uk`, `com.br`. */
function isPublicSuffix(labels: readonly string[]): boolean {
  const [first = "", second] = labels;
  if (labels.length === 1) return /^[a-z]{2,}$/.test(first);
  return labels.length === 2 && SECOND_LEVEL.has(first) && second !== undefined && second.length === 2;
}
