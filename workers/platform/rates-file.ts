/** The text of the published file of rates; throws when it cannot be had. */
export type FetchRatesFile = () => Promise<string>;

const TIMEOUT_MS = 10_000;
/** The file of ninety days is 250 kB. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Fetches the file at this address; null when none is configured. */
export function ratesFile(url: string | undefined): FetchRatesFile | null {
  if (url === undefined || url === "") return null;
  return async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!answer.ok) throw new Error(`Cannot fetch rates: the answer was ${answer.status}`);
    const text = await answer.text();
    if (text.length > MAX_BYTES) throw new Error(`Cannot read rates: the file has ${text.length} characters`);
    return text;
  };
}
