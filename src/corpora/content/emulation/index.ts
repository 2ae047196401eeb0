export { readShellFacts } from "./shell-facts.ts";
export { emulationTables, readEmulationTables } from "./tables.ts";
