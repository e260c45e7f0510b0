const NAMED = /^DATABASE_URL_(\w+)$/;

/**
 * The databases that the environment names, as the Workers name them: `main` is DATABASE_URL, any other `name` is
 * DATABASE_URL_NAME. `main` first; null when it is not named.
 */
export function databaseUrls(environment: NodeJS.ProcessEnv): ReadonlyMap<string, string> | null {
  const main = environment["DATABASE_URL"];
  if (main === undefined || main === "") return null;
  return new Map([["main", main], ...namedDatabases(environment)]);
}

/** Those beside `main`. */
export function namedDatabases(environment: NodeJS.ProcessEnv): [name: string, url: string][] {
  return Object.entries(environment).flatMap(([key, url]) => {
    const [, name] = NAMED.exec(key) ?? [];
    return name === undefined || url === undefined || url === "" ? [] : [[name.toLowerCase(), url]];
  });
}
