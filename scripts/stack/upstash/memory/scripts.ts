import type { OwnCommands } from "./own-command.ts";
import { integerOf, RedisError } from "./redis-error.ts";

export const scriptCommands: OwnCommands = {
  eval: (_store, [, number = "", ...rest]) => {
    const keys = integerOf(number);
    if (keys < 0) throw new RedisError("ERR Number of keys can't be negative");
    if (keys > rest.length) throw new RedisError("ERR Number of keys can't be greater than number of args");
    return undefined;
  },
};
