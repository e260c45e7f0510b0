import { CATALOGUE, CURRENCY, type Product, PROMO_CODES } from "./catalogue.ts";
import { productPicture } from "./picture.ts";

/** What Waymark asks of a site: this one line, as the dashboard shows it for a site that keeps visitors' ids. */
export type Snippet = { collectOrigin: string; siteKey: string | undefined };

const price = new Intl.NumberFormat("en-IE", { style: "currency", currency: CURRENCY });

export function homePage(snippet: Snippet): string {
  const cards = CATALOGUE.map(
    (product) => `<a class="product" href="/product/${product.slug}">${productPicture(product)}
      <h3>${product.name}</h3><p>${product.line}</p><b>${formatPrice(product.priceMinor)}</b></a>`,
  );
  return layout(
    "Slow mornings",
    `<section class="hero"><h1>Coffee for<br>slow mornings.</h1>
      <p>Roasted on Tuesdays in small batches, in your letterbox by Friday.</p>
      <a class="button" href="/product/guji-natural">This week’s roast</a></section>
     <section class="grid">${cards.join("")}</section>`,
    snippet,
  );
}

export function productPage(product: Product, snippet: Snippet): string {
  return layout(
    product.name,
    `<article class="detail"><div class="frame">${productPicture(product)}</div><div>
      <p class="crumb"><a href="/">All products</a></p><h1>${product.name}</h1><p class="line">${product.line}</p>
      <p>${product.story}</p><p class="price">${formatPrice(product.priceMinor)}</p>
      <a class="button" id="buy-now" href="/checkout?product=${product.slug}">Buy now</a></div></article>`,
    snippet,
  );
}

export function checkoutPage(product: Product, snippet: Snippet): string {
  const facts = JSON.stringify({ slug: product.slug, priceMinor: product.priceMinor, currency: CURRENCY });
  return layout(
    "Checkout",
    `<h1>Checkout</h1><form id="checkout" class="checkout" data-order='${facts}' data-promo='${JSON.stringify(PROMO_CODES)}'>
      <fieldset><legend>Where to</legend>
        <label>Name<input name="name" autocomplete="name" value="Ada Visitor"></label>
        <label>E-mail<input name="email" type="email" autocomplete="email" value="ada@visitor.example"></label>
        <label>Promo code<input name="promo" autocomplete="off" placeholder="SPRING" spellcheck="false"></label>
      </fieldset>
      <aside class="summary"><div class="row"><span>${product.name}</span><span>${formatPrice(product.priceMinor)}</span></div>
        <div class="row" id="discount" hidden><span>Promo code</span><span id="discount-value"></span></div>
        <div class="row total"><span>Total</span><span id="total">${formatPrice(product.priceMinor)}</span></div>
        <button class="button" id="buy" type="submit">Pay now</button>
        <p class="note">A demo: nothing is charged, nothing is sent.</p></aside>
     </form><script defer src="/checkout.js"></script>`,
    snippet,
  );
}

export function thankYouPage(snippet: Snippet): string {
  return layout(
    "Thank you",
    `<section class="thanks"><div class="tick" aria-hidden="true">✓</div><h1>Thank you!</h1>
      <p>Order <b id="order"></b> over <b id="paid"></b> is on its way to the roaster.</p>
      <a class="button quiet" href="/">Back to the shop</a></section><script defer src="/checkout.js"></script>`,
    snippet,
  );
}

export function notFoundPage(snippet: Snippet): string {
  return layout("Not found", `<h1>Not here.</h1><p><a href="/">Back to the shop</a></p>`, snippet);
}

function formatPrice(minor: number): string {
  return price.format(minor / 100);
}

function layout(title: string, body: string, { collectOrigin, siteKey }: Snippet): string {
  const snippet =
    siteKey === undefined
      ? "<!-- No site key yet: open this page with ?site=KEY. -->"
      : `<script defer src="${collectOrigin}/attribution.js" data-site="${siteKey}" data-identity="first-party"></script>`;

  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Tuesday Roasters</title>
<link rel="stylesheet" href="/shop.css"><link rel="icon" href="data:,">
${snippet}</head><body><header><a class="brand" href="/">Tuesday Roasters</a>
<nav><a href="/product/guji-natural">Coffee</a><a href="/product/gooseneck-kettle">Gear</a><a href="/checkout">Checkout</a></nav></header>
<main>${body}</main><footer>A demo shop on an origin of its own. It carries Waymark’s snippet and nothing else.</footer></body></html>`;
}
