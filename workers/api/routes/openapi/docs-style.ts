/** Styles of the docs page: no asset is loaded from anywhere. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #131a24; --ink-2: #455163; --ink-3: #606c7e; --page: #f6f7f9; --card: #fff;
  --line: #e3e7ed; --accent: #0b6b6b; --code: #eef1f5; --get: #0b6b6b; --post: #1f5fbf; --put: #8a5a00; --patch: #8a5a00;
  --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --ink-2: #b0bbc9; --ink-3: #8f9bab; --page: #0c1117;
  --card: #131a22; --line: #242e3a; --accent: #4cc5bc; --code: #1b2430; --get: #4cc5bc; --post: #7fb0ff; --put: #e8b45a;
  --patch: #e8b45a; --delete: #ff8f86; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.6 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; }
a { color: var(--accent); text-decoration: none; } a:hover, a:focus-visible { text-decoration: underline; }
code { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--code); padding: 1px 5px; border-radius: 4px;
  overflow-wrap: anywhere; }
.shell { display: grid; grid-template-columns: 270px minmax(0, 1fr); max-width: 1240px; margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 28px 16px 28px 24px; border-right: 1px solid var(--line); }
nav strong { display: block; margin: 18px 0 4px; font-size: 12px; letter-spacing: .04em; text-transform: uppercase; color: var(--ink-3); }
nav a { display: block; padding: 2px 0; color: var(--ink-2); font-size: 14px; }
main { padding: 36px 32px 96px; min-width: 0; }
h1 { margin: 0 0 8px; font-size: 30px; line-height: 1.2; } h2 { margin: 48px 0 4px; font-size: 22px; }
h3 { margin: 0; font-size: 16px; } h4 { margin: 20px 0 6px; font-size: 13px; color: var(--ink-3); font-weight: 600; }
p { margin: 4px 0; color: var(--ink-2); }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 12px 0; scroll-margin-top: 16px; }
summary { display: grid; grid-template-columns: 68px minmax(0, 1fr); gap: 4px 12px; align-items: baseline; padding: 14px 18px; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 10px; }
summary .path { font: 14px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
summary .about { grid-column: 2; color: var(--ink-2); font-size: 14px; }
.method { font: 600 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; text-transform: uppercase; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.body { padding: 2px 18px 18px; border-top: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; font-size: 12px; color: var(--ink-3); }
th, td { padding: 7px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
.optional { color: var(--ink-3); font-size: 12px; margin-left: 6px; } .pattern { font-size: 12px; }
.status { font-weight: 600; font-variant-numeric: tabular-nums; }
@media (max-width: 820px) { .shell { display: block; } nav { display: none; } main { padding: 24px 16px 64px; } }
`;
