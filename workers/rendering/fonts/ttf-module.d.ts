/** wrangler bundles `*.ttf` as Data modules; `report-fonts.ts` imports them. */
declare module "*.ttf" {
  const bytes: ArrayBuffer;
  export default bytes;
}
