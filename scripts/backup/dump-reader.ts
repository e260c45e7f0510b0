import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import {
  type DumpedTable,
  type DumpFooter,
  type DumpHeader,
  END_OF_ROWS,
  parseHeader,
  parseTable,
} from "./dump-format.ts";

const LINE_END = 10;
const ROWS_END = Buffer.from(`\n${END_OF_ROWS}\n`);
/** No line of JSON is longer: what goes on for longer is no dump. */
const MOST_LINE_BYTES = 10_000_000;

export type DumpHandler = {
  header(header: DumpHeader): Promise<void> | void;
  /** Has to read `rows` to their end. */
  table(table: DumpedTable, rows: AsyncIterable<Buffer>): Promise<void>;
  footer(footer: DumpFooter): Promise<void> | void;
};

/** Reads a dump from its first line to its last, a piece at a time. Throws when it is broken or cut off. */
export async function readDump(file: string, handler: DumpHandler): Promise<void> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on("error", (error) => unzipped.destroy(error));
  try {
    await readSections(new Pieces(source.pipe(unzipped)), handler);
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${(error as Error).message}`, { cause: error });
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

async function readSections(pieces: Pieces, handler: DumpHandler): Promise<void> {
  await handler.header(parseHeader(await pieces.line()));
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const next = parseTable(await pieces.line());
    if ("end" in next) {
      // oxlint-disable-next-line no-await-in-loop
      if (!(await pieces.isOver())) throw new Error("it goes on after its end");
      // oxlint-disable-next-line no-await-in-loop
      return await handler.footer(next);
    }
    // oxlint-disable-next-line no-await-in-loop
    await handler.table(next, pieces.rows());
  }
}

/** A stream that is taken by lines and by stretches of rows, whatever pieces it comes in. */
class Pieces {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf(LINE_END);
      if (end >= 0) {
        const line = this.#held.toString("utf8", 0, end);
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      if (this.#held.length > MOST_LINE_BYTES) throw new Error("it is no dump");
      // oxlint-disable-next-line no-await-in-loop
      if (!(await this.#more())) throw new Error("it was cut off");
    }
  }

  /** Up to the line that ends them, which is taken as well. */
  async *rows(): AsyncGenerator<Buffer> {
    // So that the end of no rows at all looks like that of some.
    this.#held = Buffer.concat([Buffer.from("\n"), this.#held]);
    let isFirst = true;
    for (;;) {
      const end = this.#held.indexOf(ROWS_END);
      const till = end >= 0 ? end : this.#held.length - ROWS_END.length;
      if (till > 0) {
        yield this.#held.subarray(isFirst ? 1 : 0, till);
        isFirst = false;
        this.#held = this.#held.subarray(till);
      }
      if (end >= 0) {
        this.#held = this.#held.subarray(ROWS_END.length);
        if (!isFirst) yield Buffer.from("\n");
        return;
      }
      if (!(await this.#more())) throw new Error("it was cut off");
    }
  }

  async isOver(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more());
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done === true) return false;
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
    return true;
  }
}
