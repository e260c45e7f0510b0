import { expect, it } from "vitest";
import { tagManagerSnippet } from "#frontend/screens/settings/tag-manager-snippet.ts";

it("sets every attribute of the snippet by script, because Tag Manager drops data- attributes", () => {
  const snippet =
    '<script defer src="https://c.example/attribution.js" data-site="wms_k" data-identity="first-party"></script>';
  expect(tagManagerSnippet(snippet)).toBe(
    [
      "<script>",
      "  var s = document.createElement('script');",
      "  s.setAttribute('src', 'https://c.example/attribution.js');",
      "  s.setAttribute('data-site', 'wms_k');",
      "  s.setAttribute('data-identity', 'first-party');",
      "  document.head.appendChild(s);",
      "</script>",
    ].join("\n"),
  );
});
