export type UnreadableObject = { key: string; bytes: number; uploadedAt: Date };

/** What was set aside in storage for a person: bodies that nothing can parse, or whose site is gone. */
export type UnreadableBodies = {
  /** A page in the order of the keys; `next` is null on the last one. */
  list(page: { limit: number; after: string | null }): Promise<{
    objects: UnreadableObject[];
    next: string | null;
  }>;
};

/** The part of an `R2Bucket` binding that is used. */
export type UnreadableBucket = {
  list(options: { prefix: string; limit: number; startAfter?: string }): Promise<{
    objects: { key: string; size: number; uploaded: Date }[];
    truncated: boolean;
  }>;
};

const UNREADABLE_PREFIX = "unreadable/";

export function unreadableBodies(bucket: UnreadableBucket): UnreadableBodies {
  return {
    async list({ limit, after }) {
      const { objects, truncated } = await bucket.list({
        prefix: UNREADABLE_PREFIX,
        limit,
        ...(after === null ? {} : { startAfter: after }),
      });
      return {
        objects: objects.map(({ key, size, uploaded }) => ({ key, bytes: size, uploadedAt: uploaded })),
        next: truncated ? (objects.at(-1)?.key ?? null) : null,
      };
    },
  };
}
