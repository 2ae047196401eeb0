import { atomicsSource } from "./atomics/index.ts";
import type { EmulationSource } from "./emulation-source.ts";

/** Upstreams with tests of behaviour. Adding one is a folder and a line here. */
export const emulationSources: readonly EmulationSource[] = [atomicsSource];
