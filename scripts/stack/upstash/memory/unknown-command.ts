const MAX_LENGTH = 128;

/** The refusal of a command that is not there, in Redis' own words: with its name and how its arguments begin. */
export function unknownCommand([name = "", ...args]: readonly string[]): string {
  let beginning = "";
  for (const arg of args) {
    if (beginning.length >= MAX_LENGTH) break;
    beginning += `'${arg.slice(0, MAX_LENGTH - beginning.length)}' `;
  }
  const text = `ERR unknown command '${name.slice(0, MAX_LENGTH)}', with args beginning with: ${beginning}`;
  return text.replaceAll(/[\r\n]/g, " ");
}
