/** Everything below /api is the api Worker's; the request goes there as it came. */
export const onRequest: PagesFunction<{ API: Fetcher }> = (context) => context.env.API.fetch(context.request);
