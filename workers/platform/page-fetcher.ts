export type FetchedPage =
  | { kind: "page"; status: number; contentType: string; policies: string[]; html: string }
  | { kind: "redirect"; location: string }
  | { kind: "unreachable"; reason: "timeout" | "no_answer" };

/** Fetches one page of a customer's site, within bounds; redirects are the caller's to judge. */
export type PageFetcher = (url: string) => Promise<FetchedPage>;

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 512 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Says who asks, so that a site's owner can tell the check from a visitor. No cookie, no referrer is sent. */
export function pageFetcher(appOrigin: string): PageFetcher {
  const userAgent = `Mozilla/5.0 (compatible; WaymarkInstallCheck/1.0; +${appOrigin})`;
  return async (url) => {
    try {
      const answer = await fetch(url, {
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { "user-agent": userAgent, accept: "text/html,application/xhtml+xml" },
      });
      const location = answer.headers.get("location");
      if (REDIRECTS.has(answer.status) && location !== null) {
        await answer.body?.cancel();
        return { kind: "redirect", location };
      }
      const policy = answer.headers.get("content-security-policy");
      return {
        kind: "page",
        status: answer.status,
        contentType: answer.headers.get("content-type") ?? "",
        policies: policy === null ? [] : [policy],
        html: await readStart(answer),
      };
    } catch (error) {
      // Another's server may fail in any way; all of them mean that the page cannot be seen.
      const isLate = error instanceof Error && error.name === "TimeoutError";
      return { kind: "unreachable", reason: isLate ? "timeout" : "no_answer" };
    }
  };
}

/** The page's first bytes; a snippet that stands behind them would be found by nobody. */
async function readStart(answer: Response): Promise<string> {
  if (answer.body === null) return "";
  const decoder = new TextDecoder();
  const reader = answer.body.getReader();
  let html = "";
  let bytes = 0;
  while (bytes < MAX_BYTES) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read piece by piece
    const { done, value } = await reader.read();
    if (done) return html + decoder.decode();
    const piece = (value as Uint8Array).subarray(0, MAX_BYTES - bytes);
    bytes += piece.length;
    html += decoder.decode(piece, { stream: true });
  }
  await reader.cancel();
  return html;
}
