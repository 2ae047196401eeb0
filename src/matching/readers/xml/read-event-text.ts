import type { EventData } from "../log-format.ts";
import { readElement } from "./element.ts";
import { windowsEvent } from "./windows-event.ts";

/** The Windows event (or event of Sysmon for Linux) that a text holds, whatever stands around it; null where it holds none. */
export function readEventText(text: string): EventData | null {
  const start = text.search(/<([\w.-]+:)?Event[\s>]/);
  const end = text.lastIndexOf(">");
  if (start < 0 || end < start) return null;
  const result = readElement(text.slice(start, end + 1));
  return "element" in result ? windowsEvent(result.element) : null;
}
