import { decoderOf, openBatch } from "../batch.ts";
import { anyEncoding, headText } from "../encoding.ts";
import type { LogDecoder, LogFormat } from "../log-format.ts";
import { readElement } from "./element.ts";
import { openEventCutter } from "./event-cutter.ts";
import { windowsEvent } from "./windows-event.ts";

/** Windows events as `wevtutil qe /f:xml` prints them, as the Event Viewer saves them, and as evtx_dump prints them. */
export const eventXml: LogFormat = {
  id: "xml",
  title: "Windows event XML",
  recognises: (head) => {
    const text = headText(head).trimStart();
    return /^(?:Record \d+\s+)?<[A-Za-z_?!]/.test(text) && /<([\w.-]+:)?Events?[\s/>]/.test(text);
  },
  open: () => anyEncoding(openEventXml),
};

function openEventXml(): LogDecoder {
  const batch = openBatch();
  const cutter = openEventCutter({
    event: (text, offset) => {
      const result = readElement(text);
      if ("why" in result) {
        batch.fault(offset, "xml-syntax", result.why);
        return;
      }
      const event = windowsEvent(result.element);
      if (event === null) batch.fault(offset, "xml-no-event", "Has no System element.");
      else batch.record(event);
    },
    fault: batch.fault,
  });
  return decoderOf(batch, cutter);
}
