export { readEmbeddedAttack } from "./embedded.ts";
export { attackReader } from "./reader.ts";
