import { startBenchWorkers, type BenchWorkers } from "./bench-workers.ts";
import { postFor, type Measured } from "./http-clients.ts";

type Figure = { name: string; ratio: number | null; target: number | null; detail: string };

const ROUNDS = 5;
const ROUND_MS = 2_000;
const CLIENTS = 64;

/** In each round all of them, so that what else the machine does befalls all alike. */
const WAYS = ["bare", "collect", "braked", "plain", "group", "object"] as const;
type Way = (typeof WAYS)[number];
type Round = Measured & { bodiesAMessage: number };

const NAMES: Readonly<Record<Way, string>> = {
  bare: "a Worker that only sends to a queue",
  collect: "collect without its rate limits, whose local stand-in is a transaction in SQLite each",
  braked: "collect with the stand-ins",
  plain: "one message a body",
  group: "requests of an isolate share a message",
  object: "a Durable Object a shard gathers",
};

/** Collect against a Worker that only does `queue.send`, and the ways to hand over against each other. */
export async function bench(): Promise<Figure[]> {
  const workers = await startBenchWorkers();
  try {
    await oneRound(workers);
    const rounds: Record<Way, Round>[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one after the other: they share the machine
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(workers));
    return WAYS.filter((way) => way !== "bare").map((way) => figureOf(way, rounds));
  } finally {
    await workers.stop();
  }
}

async function oneRound(workers: BenchWorkers): Promise<Record<Way, Round>> {
  const round: Partial<Record<Way, Round>> = {};
  for (const way of WAYS) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: they share the machine
    round[way] = await measured(workers, way);
  }
  return round as Record<Way, Round>;
}

async function measured(workers: BenchWorkers, way: Way): Promise<Round> {
  const before = await workers.arrived();
  const result = await postFor(urlOf(workers, way), { clients: CLIENTS, ms: ROUND_MS });
  const after = await workers.arrived();
  return {
    ...result,
    bodiesAMessage: (after.bodies - before.bodies) / (after.messages - before.messages),
  };
}

function urlOf(workers: BenchWorkers, way: Way): URL {
  return way === "collect" || way === "braked" ? workers[way] : new URL(`/${way}`, workers.variants);
}

const QUEUE_OPERATIONS_A_MESSAGE = 3;
/** Per million, in dollars: list prices of Workers Paid. */
const QUEUE_OPERATIONS_PRICE = 0.4;
const OBJECT_REQUESTS_PRICE = 0.15;

function figureOf(way: Way, rounds: readonly Record<Way, Round>[]): Figure {
  const of = (read: (round: Record<Way, Round>) => number): number => median(rounds.map(read));
  const bodiesAMessage = of((round) => round[way].bodiesAMessage);
  const operations = QUEUE_OPERATIONS_A_MESSAGE / bodiesAMessage;
  const dollars = operations * QUEUE_OPERATIONS_PRICE + (way === "object" ? OBJECT_REQUESTS_PRICE : 0);
  const parts = [
    `${of((round) => round[way].requestsPerSecond).toFixed(0)} requests/s`,
    `p50 ${of((round) => round[way].p50Ms).toFixed(1)} ms, p99 ${of((round) => round[way].p99Ms).toFixed(1)} ms`,
    `${bodiesAMessage.toFixed(1)} bodies a message`,
    `${operations.toFixed(2)} M queue operations, $${dollars.toFixed(2)} per million bodies`,
  ];
  return {
    name: `${NAMES[way]} ÷ ${NAMES.bare}, ${CLIENTS} clients`,
    ratio: of((round) => round[way].requestsPerSecond / round.bare.requestsPerSecond),
    target: way === "collect" ? 0.8 : null,
    detail: parts.join("; "),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
