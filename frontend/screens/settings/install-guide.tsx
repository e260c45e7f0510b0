import "./install-guide.css";

import { useState } from "preact/hooks";

import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { tagManagerSnippet } from "./tag-manager-snippet.ts";

type Platform = "html" | "gtm" | "shopify" | "wordpress" | "webflow";

const PLATFORMS: readonly { value: Platform; label: string }[] = [
  { value: "html", label: "HTML" },
  { value: "gtm", label: "Tag Manager" },
  { value: "shopify", label: "Shopify" },
  { value: "wordpress", label: "WordPress" },
  { value: "webflow", label: "Webflow" },
];

const STEPS: Readonly<Record<Platform, readonly string[]>> = {
  html: ["Paste the line into the <head> of every page, or into the template they share.", "Publish."],
  gtm: [
    "New tag, kind Custom HTML; paste the lines. They differ from the plain snippet because Tag Manager drops data- attributes.",
    "Trigger: All Pages.",
    "Under Advanced, leave “Support document.write” off. Submit and publish.",
  ],
  shopify: [
    "Online Store → Themes → … → Edit code.",
    "Open layout/theme.liquid and paste the line just before </head>.",
    "Save. For the order, add a conversion call to the thank-you page.",
  ],
  wordpress: [
    "With a header plugin, or in your theme's header.php, paste the line just before </head>.",
    "Empty the page cache, if you have one.",
  ],
  webflow: ["Site settings → Custom code → Head code; paste the line.", "Save and publish to all domains."],
};

/** The page of the documentation with the order, consent and how to check it. */
const GUIDES: Readonly<Record<Platform, string>> = {
  html: "plain-html",
  gtm: "google-tag-manager",
  shopify: "shopify",
  wordpress: "wordpress",
  webflow: "plain-html",
};

/** The script is deferred: a call in the page before it waits in `waymark.q`. */
const CONVERSION = `<script>
  window.waymark = window.waymark || function () { (waymark.q = waymark.q || []).push(arguments); };
  waymark('conversion', { type: 'order', value: '49.90', currency: 'EUR', orderId: 'A-1001' });
</script>`;

/** The one line of HTML, where it goes, and how an order is told. */
export function InstallGuide({ snippet }: { snippet: string }) {
  const [platform, setPlatform] = useState<Platform>("html");
  return (
    <div class="guide">
      <CopyBox text={platform === "gtm" ? tagManagerSnippet(snippet) : snippet} what="snippet" />
      <div style={{ overflowX: "auto" }}>
        <Segments label="Platform" value={platform} options={PLATFORMS} onValue={setPlatform} />
      </div>
      <ol>
        {STEPS[platform].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="muted">
        The order, consent and how to check it, step by step:{" "}
        <a href={`/docs/users/install/${GUIDES[platform]}`}>the guide</a>
      </p>
      <details>
        <summary>Tell an order</summary>
        <div class="guide" style={{ paddingTop: "12px" }}>
          <p class="muted">
            On the page that says thank you. The order id makes sure that an order counts once, however often
            the page is opened.
          </p>
          <CopyBox text={CONVERSION} what="conversion call" />
        </div>
      </details>
    </div>
  );
}
