/**
 * Stands in for the client's connection: breaks off a request to collect when the test's server says so. The
 * development server in front of a Worker keeps a request alive whose client has gone, so that nothing else could.
 */
// oxlint-disable-next-line import/no-default-export -- a Worker is its default export
export default {
  async fetch(request, env) {
    const leaveUrl = request.headers.get("X-Leave-Url");
    const connection = new AbortController();
    const body = await request.text();
    const answer = env.COLLECT.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body,
      signal: connection.signal,
    });
    const left = fetch(leaveUrl).then(() => {
      connection.abort();
      return new Response(null, { status: 499 });
    });
    return await Promise.race([answer, left]);
  },
};
