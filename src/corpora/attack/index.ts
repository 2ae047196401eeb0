export { readEmbeddedAttack } from "./embedded.ts";
export { attackReader } from "./reader.ts";
export { type AttackVersions, attackVersionsSchema } from "./versions.ts";
