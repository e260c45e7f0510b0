import { bitCommands } from "./bits.ts";
import { expiryCommands } from "./expiry.ts";
import { hashCommands } from "./hashes.ts";
import { keyCommands } from "./keys.ts";
import { listCommands } from "./lists.ts";
import type { OwnCommands } from "./own-command.ts";
import { scriptCommands } from "./scripts.ts";
import { setCommands } from "./sets.ts";
import { sortedSetAlgebra } from "./sorted-set-algebra.ts";
import { sortedSetCommands } from "./sorted-sets.ts";
import { stringCommands } from "./strings.ts";

/** By name in small letters. */
export const ownCommands: OwnCommands = {
  ...stringCommands,
  ...bitCommands,
  ...expiryCommands,
  ...keyCommands,
  ...hashCommands,
  ...listCommands,
  ...setCommands,
  ...sortedSetCommands,
  ...sortedSetAlgebra,
  ...scriptCommands,
};
