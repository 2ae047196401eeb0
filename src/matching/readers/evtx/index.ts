import type { LogFormat } from "../log-format.ts";
import { chunkSignature, startsWith } from "./chunk-header.ts";
import { type EvtxOptions, openDecoder } from "./decoder.ts";
import { fileSignature } from "./file-header.ts";

export type { EvtxOptions } from "./decoder.ts";

/** Windows event logs as the system keeps them. */
export const evtx: LogFormat = evtxFormat();

/** The same with options, which the registry's one has off. */
export function evtxFormat(options: EvtxOptions = {}): LogFormat {
  return {
    id: "evtx",
    title: "Windows event log (EVTX)",
    recognises: (head, name) =>
      startsWith(head, fileSignature) || startsWith(head, chunkSignature) || name.toLowerCase().endsWith(".evtx"),
    open: () => openDecoder(options),
  };
}
