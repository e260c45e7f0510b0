import { attributeEvents, attributePaths } from "#scripts/attribute/attribute-files.ts";
import { creditJson, creditTable } from "#scripts/attribute/credit-report.ts";
import { InputError } from "#scripts/attribute/csv-rows.ts";
import { readCommand, USAGE, type Command } from "#scripts/attribute/read-command.ts";

/** 0: done; 1: a file cannot be used; 2: the command line is wrong. Nothing is printed to stdout unless it is the answer. */
let command: Command | null = null;
try {
  command = readCommand(process.argv.slice(2));
  const { input } = command;
  const result =
    input.kind === "paths"
      ? await attributePaths(input.file, command)
      : await attributeEvents(input, command);
  console.log(command.isJson ? creditJson(command, result) : creditTable(command, result));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(command === null ? `${error.message}\n\n${USAGE}` : error.message);
  process.exitCode = command === null ? 2 : 1;
}
