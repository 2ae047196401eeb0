export { ossemSource } from "./reader.ts";
