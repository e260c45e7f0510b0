import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import ini from "highlight.js/lib/languages/ini";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import php from "highlight.js/lib/languages/php";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const LANGUAGES = { bash, ini, javascript, json, php, sql, typescript, xml, yaml };
const CALLED: Readonly<Record<string, keyof typeof LANGUAGES>> = {
  sh: "bash",
  js: "javascript",
  ts: "typescript",
  tsx: "typescript",
  jsx: "javascript",
  json: "json",
  html: "xml",
  liquid: "xml",
  php: "php",
  sql: "sql",
  toml: "ini",
  yaml: "yaml",
};

for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);

/** Code as HTML whose words have classes; undefined for a language that has none. */
export function highlight(code: string, language: string): string | undefined {
  const name = CALLED[language];
  return name === undefined ? undefined : highlighter.highlight(code, { language: name }).value;
}
