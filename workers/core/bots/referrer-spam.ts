/**
 * Hosts that send visits which never took place, to be seen in the figures of whoever looks them up: a choice from the
 * public lists of referrer spam. A host counts with its subdomains. Left out are hosts that publish or trade in earnest
 * today: a sponsor taken for spam would cost its credit.
 */
const HOSTS: ReadonlySet<string> = new Set(
  `semalt.com semaltmedia.com darodar.com ilovevitaly.com ilovevitaly.co ilovevitaly.org ilovevitaly.ru ilovevitaly.info
  ilovevitaly.xyz iloveitaly.com iloveitaly.ru priceg.com blackhatworth.com hulfingtonpost.com econom.co savetubevideo.com
  kambasoft.com lumb.co forum69.info iskalko.ru ranksonic.info ranksonic.org ranksonic.net
  buttons-for-website.com buttons-for-your-website.com simple-share-buttons.com free-share-buttons.com
  free-social-buttons.com free-social-buttons.xyz free-floating-buttons.com floating-share-buttons.com share-buttons.xyz
  share-buttons-for-free.com social-buttons.com socialbuttons.xyz sharebutton.net sharebutton.to
  get-free-traffic-now.com get-free-social-traffic.com free-website-traffic.com free-traffic.xyz free-video-tool.com
  traffic2money.com traffic2cash.org traffic2cash.xyz trafficmonetize.org trafficmonetizer.org traffic-cash.xyz
  trafficgenius.xyz mycheaptraffic.com increasewwwtraffic.info event-tracking.com hosting-tracker.com domain-tracker.com
  100dollars-seo.com 1-best-seo.com 2-best-seo.com 3-best-seo.com best-seo-offer.com best-seo-solution.com
  best-seo-software.xyz get-seo-help.com buy-cheap-online.info auto-seo-service.org autoseo-service.org
  autoseo-traffic.com e-commerce-seo.com ecommerce-seo.org local-seo-for-multiple-locations.com resell-seo-services.com
  seo-services-b2b.com seo-services-wordpress.com seo-platform.com seo-2-0.com success-seo.com topseoservices.co
  top1-seo-service.com keywords-monitoring-your-success.com keywords-monitoring-success.com rankings-analytics.com
  rank-checker.online track-rankings.online site-auditor.online dailyrank.net slow-website.xyz speedup-my.site
  fix-website-errors.com website-analytics.online o-o-6-o-o.com o-o-8-o-o.com o-o-11-o-o.com 4webmasters.org
  sitevaluation.org sanjosestartups.com copyrightclaims.org copyrightinstitute.org responsive-test.net
  law-enforcement-bot-ff.xyz law-enforcement-check-three.xyz eu-cookie-law-enforcement2.xyz cookie-law-enforcement-aa.xyz
  cookie-law-enforcement-bb.xyz cookie-law-enforcement-cc.xyz cookie-law-enforcement-ff.xyz social-widget.xyz
  makemoneyonline.com 7makemoneyonline.com money-for-placing-articles.com getrichquick.ml getrichquickly.info
  howtostopreferralspam.eu guardlink.org anticrawler.org bestwebsitesawards.com googlsucks.com google-liar.ru
  theguardlan.com humanorightswatch.org search-error.com smailik.org adviceforum.info snip.tw soaksoak.ru
  net-profits.xyz justprofit.xyz web-revenue.xyz bitcoin-ua.top blogseo.xyz seojokes.net compliance-alex.xyz
  compliance-donald.xyz compliance-fred.xyz uptimechecker.com uptime-eu.net uptime-us.net uptime-as.net`.split(
    /\s+/,
  ),
);

/** The host on the list that this one is, or lies below; null for any other. */
export function referrerSpamHost(host: string): string | null {
  const labels = host.split(".");
  for (let from = 0; from < labels.length - 1; from += 1) {
    const parent = labels.slice(from).join(".");
    if (HOSTS.has(parent)) return parent;
  }
  return null;
}
