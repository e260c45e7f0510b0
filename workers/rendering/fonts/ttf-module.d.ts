/** wrangler bundles `*.ttf` as Data modules; only a Worker's wiring imports them. */
declare module "*.ttf" {
  const bytes: ArrayBuffer;
  export default bytes;
}
