/** A Redis reply as RESP has it: nothing is turned into objects or numbers on the way. */
export type Reply = string | number | Buffer | null | Reply[];
export type CommandOutcome = { result: Reply } | { error: string };

/** A Redis that takes commands as words. Commands of one `transaction` are not interleaved with others. */
export type RedisEngine = {
  run(commands: readonly string[][]): Promise<CommandOutcome[]>;
  /** All or none; an unknown command among them discards the whole, which is the error returned. */
  transaction(commands: readonly string[][]): Promise<CommandOutcome[] | { error: string }>;
  close(): Promise<void>;
};
