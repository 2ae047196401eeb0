import { join } from "node:path";

/** What the project ships; stands beside both `src/` and `dist/`. */
export const contentFolder = join(import.meta.dirname, "../../../content");
