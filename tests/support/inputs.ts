/** With how many inputs to try a property; the soak may name more. The random ones are others in each run. */
export function inputs(count: number, soak = count): number {
  return process.env["SOAK"] === "1" ? soak : count;
}
