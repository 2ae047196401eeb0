export { eventTitlesSource } from "./reader.ts";
