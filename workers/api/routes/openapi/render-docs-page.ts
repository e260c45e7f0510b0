import { DOCS_STYLE } from "./docs-style.ts";
import type { DocumentShape, Operation, Schema } from "./document-shape.ts";
import { escapeHtml, prose } from "./markup.ts";
import { limitsHtml, renderSchema, typeHtml } from "./render-schema.ts";

type Route = { method: string; path: string; operation: Operation };

/** The document as one page of HTML that loads and runs nothing. */
export function renderDocsPage(document: DocumentShape): string {
  const routes = routesOf(document);
  const { title, version, description } = document.info;
  const groups = document.tags.map((tag) => ({
    ...tag,
    routes: routes.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${DOCS_STYLE}</style>
</head>
<body>
<div class="shell">
<nav aria-label="Routes">${groups.map(({ name, routes: own }) => `<strong>${escapeHtml(name)}</strong>${own.map(navLink).join("")}`).join("")}<strong>Shapes</strong>${Object.keys(document.components.schemas).map(shapeLink).join("")}</nav>
<main>
<h1>${escapeHtml(title)} <small>v${escapeHtml(version)}</small></h1>
${prose(description)}
<p><a href="/docs/developers/api">Guide with examples</a> · <a href="/api/v1/openapi.json">OpenAPI 3.1 document</a></p>
${groups.map((group) => `<section><h2>${escapeHtml(group.name)}</h2>${prose(group.description)}${group.routes.map(renderRoute).join("")}</section>`).join("\n")}
<section><h2>Shapes</h2>${Object.entries(document.components.schemas)
    .map(
      ([name, schema]) =>
        `<details id="schema-${escapeHtml(name)}" open><summary><span class="method">shape</span><h3>${escapeHtml(name)}</h3></summary><div class="body scroll">${renderSchema(schema)}</div></details>`,
    )
    .join("")}</section>
</main>
</div>
</body>
</html>`;
}

function routesOf(document: DocumentShape): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
}

function navLink({ operation }: Route): string {
  return `<a href="#${escapeHtml(operation.operationId)}">${escapeHtml(operation.summary)}</a>`;
}

function shapeLink(name: string): string {
  return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}

function renderRoute({ method, path, operation }: Route): string {
  return `<details id="${escapeHtml(operation.operationId)}">
<summary><span class="method ${escapeHtml(method)}">${escapeHtml(method)}</span><span class="path">${escapeHtml(path)}</span><span class="about">${escapeHtml(operation.summary)}</span></summary>
<div class="body">${prose(operation.description)}${renderParameters(operation)}${renderBody(operation)}<h4>Answers</h4>${renderAnswers(operation)}</div>
</details>`;
}

function renderParameters({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? "" : ' <span class="optional">optional</span>'}</td><td>${escapeHtml(place)}</td><td>${typeHtml(schema)}</td><td>${aboutHtml(description ?? schema.description, schema)}</td></tr>`,
  );
  return `<h4>Parameters</h4><div class="scroll"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>About</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function renderBody({ requestBody }: Operation): string {
  const [content] = Object.values(requestBody?.content ?? {});
  return content === undefined
    ? ""
    : `<h4>Body</h4><div class="scroll">${renderSchema(content.schema)}</div>`;
}

function renderAnswers({ responses }: Operation): string {
  const rows = Object.entries(responses).map(([status, { description, content }]) => {
    const shapes = Object.entries(content ?? {}).map(([type, { schema }]) =>
      type.endsWith("json") ? renderSchema(schema) : `<p><code>${escapeHtml(type)}</code></p>`,
    );
    const shown = status.startsWith("2") ? shapes.join("") : "";
    return `<tr><td class="status">${escapeHtml(status)}</td><td>${prose(description)}${shown}</td></tr>`;
  });
  return `<div class="scroll"><table><tbody>${rows.join("")}</tbody></table></div>`;
}

function aboutHtml(description: string | undefined, schema: Schema): string {
  return description === undefined ? limitsHtml(schema) : escapeHtml(description);
}
