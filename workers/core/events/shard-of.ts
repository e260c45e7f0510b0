const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The queue shard of a site's visitor, 0 … count − 1: FNV-1a over both, so that a large site spreads over all
 * queues while one visitor's events meet in one consumer (decisions 10).
 */
export function shardOf(siteId: number, visitor: string, shardCount: number): number {
  let hash = FNV_OFFSET;
  for (const character of `${siteId}:${visitor}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), FNV_PRIME);
  }
  // FNV's low bits alone are weak; folding the high half in makes the remainder even.
  return ((hash ^ (hash >>> 16)) >>> 0) % shardCount;
}
