import { parseList, run } from "./cloudflare.ts";
import type { Context } from "./context.ts";

const CLOUDFLARE = "https://api.cloudflare.com/client/v4";

/** Wrangler cannot take Pages back, so Cloudflare's API is asked; without a token for it, where to click is said. */
export async function rollBackPages({ outside, config, environment }: Context): Promise<void> {
  const { name } = config.pages;
  const listing = [
    "pages",
    "deployment",
    "list",
    "--project-name",
    name,
    "--environment",
    "production",
    "--json",
  ];
  const deployments = parseList<{ Id: string }>(await run(outside, listing), "the deployments of Pages");
  const before = deployments[1]?.Id;
  if (before === undefined) return outside.say(`${name} has no deployment before: it stays`);
  const [account, token] = [environment["CLOUDFLARE_ACCOUNT_ID"], environment["CLOUDFLARE_API_TOKEN"]];
  if (account === undefined || token === undefined) {
    const where = `Workers & Pages › ${name} › Deployments › ${before} › Rollback to this deployment`;
    return outside.say(`CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN are not given. By hand: ${where}`);
  }
  const url = `${CLOUDFLARE}/accounts/${account}/pages/projects/${name}/deployments/${before}/rollback`;
  const answer = await outside.request(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 200) throw new Error(`Pages answers ${answer.status}: ${answer.body.slice(0, 300)}`);
  outside.say(`${name} is at ${before}`);
}
