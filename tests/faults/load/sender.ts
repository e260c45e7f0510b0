import { setTimeout as pause } from "node:timers/promises";
import { nextBody, nextVisit, type SentBody } from "./next-body.ts";

/** Makes the request; a connection that breaks rejects. */
export type Post = (body: string, headers: Record<string, string>) => Promise<Response>;

export type SenderOptions = {
  siteKey: string;
  post: Post;
  /** How wrong the sender's clock is. */
  clockErrorMs?: number;
};

export type Sender = {
  /** Every id that was made. */
  sent: Set<string>;
  /** The ids that a 2xx took responsibility for. */
  accepted: Set<string>;
  /** Requests by their status; 0 is a connection that broke. */
  answers: Map<number, number>;
  /** Bodies at this pace for so long; what is refused is kept. */
  sendFor(durationMs: number, bodiesASecond: number): Promise<void>;
  /** The same for as long as the work takes. */
  sendWhile(work: () => Promise<void>, bodiesASecond: number): Promise<void>;
  /** Whole visits, one a body, as fast as so many connections can, each until it is accepted. */
  sendAtFullSpeed(events: number, connections: number): Promise<void>;
  /** Sends again what was kept, until nothing is; throws when that takes too long. */
  drain(withinMs: number): Promise<void>;
};

const BROKEN = 0;
const AFTER_BROKEN_MS = 250;
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** A sender as honest as the pixel: it keeps what no 2xx has taken, and waits as long as `Retry-After` says. */
export function createSender(options: SenderOptions): Sender {
  const sent = new Set<string>();
  const accepted = new Set<string>();
  const answers = new Map<number, number>();
  const visitors: string[] = [];
  let kept: SentBody[] = [];
  let count = 0;
  const clock = (): number => Date.now() + (options.clockErrorMs ?? 0);

  const make = (next = nextBody): SentBody => {
    const body = next(count, clock(), visitors);
    count += 1;
    for (const { id } of body.events) sent.add(id);
    return body;
  };
  /** How long to wait before the next try; null when it was taken. */
  const attempt = async (body: SentBody): Promise<number | null> => {
    const { status, retryAfterMs } = await postBody(options, body, clock());
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (status !== 202) return retryAfterMs;
    for (const { id } of body.events) accepted.add(id);
    return null;
  };
  const untilAccepted = async (body: SentBody, deadlineMs: number): Promise<void> => {
    for (let waitMs = await attempt(body); waitMs !== null; waitMs = await attempt(body)) {
      if (Date.now() > deadlineMs)
        throw new Error(`Not accepted in time; answers: ${JSON.stringify([...answers])}`);
      await pause(waitMs);
    }
  };

  const sendUntil = async (isOver: () => boolean, bodiesASecond: number): Promise<void> => {
    const startedMs = performance.now();
    const requests: Promise<void>[] = [];
    for (let n = 0; !isOver(); n += 1) {
      const body = make();
      requests.push(attempt(body).then((waitMs) => void (waitMs !== null && kept.push(body))));
      await pause(Math.max(0, startedMs + (n * 1000) / bodiesASecond - performance.now()));
    }
    await Promise.all(requests);
  };

  return {
    sent,
    accepted,
    answers,
    async sendFor(durationMs, bodiesASecond) {
      const endsMs = performance.now() + durationMs;
      await sendUntil(() => performance.now() >= endsMs, bodiesASecond);
    },
    async sendWhile(work, bodiesASecond) {
      let isOver = false;
      const load = sendUntil(() => isOver, bodiesASecond);
      try {
        await work();
      } finally {
        isOver = true;
        await load;
      }
    },
    async sendAtFullSpeed(events, connections) {
      const connection = async (): Promise<void> => {
        while (sent.size < events) await untilAccepted(make(nextVisit), Infinity);
      };
      await Promise.all(Array.from({ length: connections }, connection));
    },
    async drain(withinMs) {
      const bodies = kept;
      kept = [];
      await Promise.all(bodies.map(async (body) => await untilAccepted(body, Date.now() + withinMs)));
    },
  };
}

async function postBody(
  { siteKey, post }: SenderOptions,
  { visitor, address, events }: SentBody,
  sentAt: number,
): Promise<{ status: number; retryAfterMs: number }> {
  const text = JSON.stringify({ v: 1, site: siteKey, sentAt, visitor, events });
  const headers = { "content-type": "text/plain", "user-agent": USER_AGENT, "cf-connecting-ip": address };
  try {
    const response = await post(text, headers);
    await response.arrayBuffer();
    const seconds = Number(response.headers.get("retry-after") ?? AFTER_BROKEN_MS / 1000);
    return { status: response.status, retryAfterMs: seconds * 1000 };
  } catch {
    return { status: BROKEN, retryAfterMs: AFTER_BROKEN_MS };
  }
}
