import { bareHost } from "./page-address.ts";

/**
 * Payment and login providers: a visitor who comes back from one was sent there by the site, so the return never
 * opens a touchpoint (product.md §3). A host counts with all its subdomains.
 */
const PROVIDER_HOSTS: ReadonlySet<string> = new Set([
  "paypal.com",
  "paypalobjects.com",
  "stripe.com",
  "checkout.com",
  "adyen.com",
  "adyenpayments.com",
  "klarna.com",
  "klarnacdn.net",
  "mollie.com",
  "sofort.com",
  "giropay.de",
  "ideal.nl",
  "paydirekt.de",
  "afterpay.com",
  "clearpay.co.uk",
  "affirm.com",
  "sezzle.com",
  "zip.co",
  "braintreegateway.com",
  "braintreepayments.com",
  "authorize.net",
  "cybersource.com",
  "worldpay.com",
  "sagepay.com",
  "opayo.co.uk",
  "2checkout.com",
  "paddle.com",
  "lemonsqueezy.com",
  "fastspring.com",
  "gocardless.com",
  "razorpay.com",
  "payu.com",
  "payu.in",
  "przelewy24.pl",
  "dotpay.pl",
  "mercadopago.com",
  "pagseguro.uol.com.br",
  "square.com",
  "squareup.com",
  "shop.app",
  "pay.google.com",
  "payments.google.com",
  "pay.amazon.com",
  "pay.amazon.de",
  "apple-pay-gateway.apple.com",
  "3dsecure.io",
  "cardinalcommerce.com",
  "arcot.com",
  "securesuite.net",
  "verifiedbyvisa.com",
  "twint.ch",
  "datatrans.com",
  "saferpay.com",
  "computop.com",
  "unzer.com",
  "bluepaymentplatform.com",
  "accounts.google.com",
  "appleid.apple.com",
  "login.microsoftonline.com",
  "login.live.com",
  "auth0.com",
  "okta.com",
  "oktapreview.com",
  "onelogin.com",
  "amazoncognito.com",
  "clerk.accounts.dev",
]);

/** Whether a referrer on this host never opens a touchpoint: the site's own hosts and the providers above. */
export function opensNoTouchpoint(referrerHost: string, ownHosts: readonly string[]): boolean {
  const host = bareHost(referrerHost);
  return isUnder(host, new Set(ownHosts.map(bareHost))) || isUnder(host, PROVIDER_HOSTS);
}

function isUnder(host: string, parents: ReadonlySet<string>): boolean {
  for (let end = host, dot = 0; dot !== -1; end = end.slice(dot + 1)) {
    if (parents.has(end)) return true;
    dot = end.indexOf(".");
  }
  return false;
}
