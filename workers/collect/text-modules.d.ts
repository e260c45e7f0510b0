// Wrangler bundles the built pixel as text (rules in wrangler.toml).
declare module "*.js.txt" {
  const content: string;
  export default content;
}
