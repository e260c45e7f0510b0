/** Where the guide leaves something out. */
const LEFT_OUT = "…";

/**
 * What an answer says other than the guide. Texts must be equal, except where the guide has `…`; members must be the same,
 * unless the guide's object has a member `"…"` or its list ends with `"…"`: then there may be more.
 */
export function differences(shown: unknown, actual: unknown, path = "answer"): string[] {
  if (shown === LEFT_OUT) return [];
  if (typeof shown === "string") return textDiffers(shown, actual) ? [say(path, shown, actual)] : [];
  if (Array.isArray(shown)) return listDifferences(shown, actual, path);
  if (shown !== null && typeof shown === "object") {
    return objectDifferences(shown as Record<string, unknown>, actual, path);
  }
  return shown === actual ? [] : [say(path, shown, actual)];
}

/** Whether a text is other than the guide's, whose `…` stands for anything. */
export function textDiffers(shown: string, actual: unknown): boolean {
  if (typeof actual !== "string") return true;
  const pattern = shown
    .split(LEFT_OUT)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("[^]*");
  return !new RegExp(`^${pattern}$`).test(actual);
}

function listDifferences(shown: readonly unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual)) return [say(path, shown, actual)];
  const goesOn = shown.at(-1) === LEFT_OUT;
  const wanted = goesOn ? shown.slice(0, -1) : shown;
  const lengthFits = goesOn ? actual.length >= wanted.length : actual.length === wanted.length;
  if (!lengthFits) return [say(path, shown, actual)];
  return wanted.flatMap((one, index) => differences(one, actual[index], `${path}[${index}]`));
}

function objectDifferences(shown: Record<string, unknown>, actual: unknown, path: string): string[] {
  if (actual === null || typeof actual !== "object" || Array.isArray(actual)) {
    return [say(path, shown, actual)];
  }
  const found = actual as Record<string, unknown>;
  const names = Object.keys(shown).filter((name) => name !== LEFT_OUT);
  const unshown = LEFT_OUT in shown ? [] : Object.keys(found).filter((name) => !names.includes(name));
  return [
    ...names.flatMap((name) =>
      name in found
        ? differences(shown[name], found[name], `${path}.${name}`)
        : [`${path}.${name} is not there`],
    ),
    ...unshown.map((name) => `${path}.${name} is not shown`),
  ];
}

function say(path: string, shown: unknown, actual: unknown): string {
  return `${path} is ${JSON.stringify(actual)?.slice(0, 300)}, and the guide shows ${JSON.stringify(shown)?.slice(0, 300)}`;
}
