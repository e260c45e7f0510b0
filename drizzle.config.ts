import { defineConfig } from "drizzle-kit";

// `generate` only: the partitioned tables make `push` and `pull` propose to drop what they do not know.
export default defineConfig({
  dialect: "postgresql",
  schema: ["./db/schema/control/*.ts", "./db/schema/site/*.ts"],
  out: "./db/migrations",
  breakpoints: true,
});
