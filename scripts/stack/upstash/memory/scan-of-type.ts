import type { CommandOutcome, Reply } from "#scripts/stack/upstash/redis-engine.ts";

type Run = (words: string[]) => Promise<CommandOutcome>;

/** `SCAN … TYPE name`, which the in-memory engine does not know: keys of other types are taken off each page. */
export async function scanOfType(words: string[], run: Run): Promise<CommandOutcome> {
  if (words[0]?.toLowerCase() !== "scan") return await run(words);
  const place = words.findIndex((word, index) => index >= 2 && index % 2 === 0 && /^type$/i.test(word));
  const type = words[place + 1];
  if (place < 0 || type === undefined) return await run(words);

  const page = await run(words.toSpliced(place, 2));
  if ("error" in page) return page;
  const [cursor, keys] = page.result as [Reply, Reply[]];
  const kept: Reply[] = [];
  for (const key of keys) {
    const found = await run(["type", String(key)]);
    if ("result" in found && String(found.result) === type.toLowerCase()) kept.push(key);
  }
  return { result: [cursor, kept] };
}
