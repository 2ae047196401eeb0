import { addMember, setMember } from "../batch.ts";
import type { EventData } from "../log-format.ts";
import type { Element } from "./element.ts";

/** Members of `System` and of its `Execution` that are numbers. */
const numbers = new Set([
  "EventID",
  "Qualifiers",
  "RawEventID",
  "Version",
  "Level",
  "Task",
  "Opcode",
  "EventRecordID",
  "ProcessID",
  "ThreadID",
  "ProcessorID",
  "SessionID",
  "KernelTime",
  "UserTime",
  "ProcessorTime",
]);

/** Elements of `System` that have nothing but attributes: members of their own, also where none is written. */
const groups = new Set(["Provider", "TimeCreated", "Correlation", "Execution", "Security"]);

/**
 * The raw form of a Windows event, as the reader of EVTX gives it. Values of `EventData` are texts here: XML does not say more.
 * null: the element is no event.
 */
export function windowsEvent(root: Element): EventData | null {
  if (root.name !== "Event" || !root.elements.some((one) => one.name === "System")) return null;
  const event: Record<string, unknown> = {};
  for (const part of root.elements) {
    setMember(event, part.name, partOf(part));
    // Its members have names that programs chose, which an attribute could meet.
    if (part.name === "EventData") addBeside(event, part.name, part.attributes);
  }
  return { Event: event };
}

function partOf(part: Element): unknown {
  switch (part.name) {
    case "System":
      return system(part);
    case "EventData":
      return eventData(part);
    default: {
      const members = plain(part);
      return typeof members === "string" ? members.trim() : members;
    }
  }
}

function system(part: Element): EventData {
  const members: Record<string, unknown> = {};
  for (const one of part.elements) {
    if (groups.has(one.name)) {
      setMember(members, one.name, attributesOf(one));
    } else {
      setMember(members, one.name, typed(one.name, one.text.trim()));
      for (const [name, value] of one.attributes) setMember(members, name, typed(name, value));
    }
  }
  return members;
}

function attributesOf(element: Element): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, value] of element.attributes) setMember(members, name, typed(name, value));
  return members;
}

function typed(name: string, text: string): string | number {
  return numbers.has(name) && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function eventData(part: Element): EventData {
  const members: Record<string, unknown> = {};
  const unnamed: unknown[] = [];
  for (const one of part.elements) {
    const name = one.attributes.find(([name]) => name === "Name")?.[1];
    const attributes = one.attributes.filter(([name]) => name !== "Name");
    const key = name ?? one.name;
    if (name === undefined && one.name === "Data" && one.elements.length === 0) unnamed.push(one.text);
    else addMember(members, key, one.elements.length > 0 ? plain({ ...one, attributes }) : one.text);
    if (one.elements.length === 0) addBeside(members, key, attributes);
  }
  if (unnamed.length > 0) addMember(members, "Data", unnamed);
  return members;
}

/** A text, or an object of attributes, elements and text. Attributes of an element with a text stand beside it. */
function plain(element: Element): unknown {
  if (element.attributes.length === 0 && element.elements.length === 0) return element.text;
  const members: Record<string, unknown> = {};
  for (const [name, value] of element.attributes) setMember(members, name, value);
  for (const one of element.elements) {
    const isText = one.elements.length === 0 && one.text.trim() !== "";
    addMember(members, one.name, isText ? one.text : plain(one));
    if (isText) addBeside(members, one.name, one.attributes);
  }
  if (element.text.trim() !== "") addMember(members, "#text", element.text);
  return members;
}

function addBeside(members: Record<string, unknown>, key: string, attributes: Element["attributes"]): void {
  for (const [name, value] of attributes) addMember(members, `${key}_${name}`, value);
}
