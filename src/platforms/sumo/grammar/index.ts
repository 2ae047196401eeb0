export { checkSumo, type SumoCheck } from "./check.ts";
export type { SumoLiteral } from "./scanner.ts";
