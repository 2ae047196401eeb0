export { chronicleReader, readYaraLFile } from "./reader.ts";
