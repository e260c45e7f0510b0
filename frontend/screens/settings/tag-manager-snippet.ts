/**
 * The snippet as a Custom HTML tag: Tag Manager writes the tag itself and drops `data-` attributes on the way, so a
 * script has to set them.
 */
export function tagManagerSnippet(snippet: string): string {
  const attributes = [...snippet.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const lines = attributes.map(
    ([name = "", value = ""]) => `  s.setAttribute(${quoted(name)}, ${quoted(value)});`,
  );
  return [
    "<script>",
    "  var s = document.createElement('script');",
    ...lines,
    "  document.head.appendChild(s);",
    "</script>",
  ].join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`\'`)}'`;
}
