import type { EventData } from "../readers/log-format.ts";
import type { Scalar } from "./layout.ts";
import { isObject, isScalar } from "./members.ts";
import type { ValueSink } from "./value-sink.ts";

/** The element that holds a Windows event: `{ Event: … }`, or what stands in it without that name. */
export function windowsEvent(data: EventData): EventData {
  const inner = data.Event;
  return isObject(inner) ? inner : data;
}

/** Is it an event as the XML of Windows has it? */
export function isWindowsEvent(data: EventData): boolean {
  const system = windowsEvent(data).System;
  return isObject(system) && system.EventID !== undefined;
}

/** One value of the System part, of an element with attributes what stands in it. */
export function systemValue(data: EventData, name: string): Scalar | undefined {
  const system = windowsEvent(data).System;
  return isObject(system) ? textOf(system[name]) : undefined;
}

/** An attribute of an element of the System part. */
export function systemAttribute(data: EventData, name: string, attribute: string): Scalar | undefined {
  const system = windowsEvent(data).System;
  const element = isObject(system) ? system[name] : undefined;
  return isObject(element) ? attributeOf(element, attribute) : undefined;
}

/** A value of the event's own data by its name. */
export function dataValue(data: EventData, name: string): Scalar | undefined {
  const own = windowsEvent(data).EventData;
  if (!isObject(own)) return undefined;
  const value = textOf(own[name]);
  if (value !== undefined || !Array.isArray(own.Data)) return value;
  for (let at = 0; at < own.Data.length && at < mostData; at++) {
    const one: unknown = own.Data[at];
    if (isObject(one) && attributeOf(one, "Name") === name) return textOf(one);
  }
  return undefined;
}

/** Data of one event that is looked through for a name. */
const mostData = 100;

/**
 * All values: of System `Provider_Name`, `EventID` …, of EventData each by its name, of UserData those of its element;
 * data without a name is called `Data`, as in Sigma.
 */
export function visitWindowsEvent(data: EventData, sink: ValueSink): void {
  const event = windowsEvent(data);
  const { System: system, EventData: own, UserData: user } = event;
  if (isObject(system)) for (const name in system) visitSystem(name, system[name], sink);
  if (isObject(own)) visitData(own, sink);
  else if (own !== undefined) visitUnnamed(own, sink);
  if (isObject(user)) visitUser(user, sink);
  for (const name in event) {
    if (name === "System" || name === "EventData" || name === "UserData" || isAttributes(name)) continue;
    // Rendered words of the event (`RenderingInfo`), where a collector adds them.
    sink.walk(name, event[name]);
  }
}

function visitSystem(name: string, value: unknown, sink: ValueSink): void {
  if (isScalar(value)) {
    sink.see(name, value);
    return;
  }
  if (!isObject(value)) return;
  const text = value["#text"];
  if (isScalar(text)) sink.see(name, text);
  const attributes = value["#attributes"];
  const bearer = isObject(attributes) ? attributes : value;
  for (const attribute in bearer) {
    const found = bearer[attribute];
    if (!isScalar(found) || attribute === "#text") continue;
    sink.see(sink.under(name, bare(attribute), "_"), found);
  }
}

function visitData(own: EventData, sink: ValueSink): void {
  for (const name in own) {
    if (isAttributes(name)) continue;
    const value = own[name];
    if (sink.full()) {
      sink.cut();
      return;
    }
    if (isScalar(value)) sink.see(name, value);
    else if (name === "Data") visitUnnamed(value, sink);
    else visitElement(name, value, sink);
  }
}

/** `Data` without names, or as converters of XML write it: `{ "@Name": "Image", "#text": "C:\\…" }`. */
function visitUnnamed(value: unknown, sink: ValueSink, depth = 0): void {
  if (isScalar(value)) sink.see("Data", value);
  else if (Array.isArray(value)) {
    for (const one of value) {
      if (sink.full() || depth > 4) {
        sink.cut();
        return;
      }
      visitUnnamed(one, sink, depth + 1);
    }
  } else if (isObject(value)) visitNamed(value, sink, depth);
}

function visitNamed(value: EventData, sink: ValueSink, depth: number): void {
  const name = attributeOf(value, "Name");
  const text = value["#text"] ?? value._ ?? value.$t;
  if (typeof name === "string") {
    if (isScalar(text)) sink.see(name, text);
  } else if (text === undefined) sink.walk("Data", value);
  else visitUnnamed(text, sink, depth + 1);
}

function visitUser(user: EventData, sink: ValueSink): void {
  for (const element in user) {
    if (isAttributes(element)) continue;
    const inner = user[element];
    if (isScalar(inner)) sink.see(element, inner);
    else if (isObject(inner)) visitData(inner, sink);
  }
}

function visitElement(name: string, value: unknown, sink: ValueSink): void {
  const text = isObject(value) ? value["#text"] : undefined;
  if (isScalar(text)) sink.see(name, text);
  else if (Array.isArray(text)) sink.walk(name, text);
  else sink.walk(name, value);
}

function textOf(value: unknown): Scalar | undefined {
  if (isScalar(value)) return value;
  const text = isObject(value) ? (value["#text"] ?? value._ ?? value.$t) : undefined;
  return isScalar(text) ? text : undefined;
}

function attributeOf(element: EventData, name: string): Scalar | undefined {
  const attributes = element["#attributes"];
  const found = (isObject(attributes) ? attributes[name] : undefined) ?? element[name] ?? element[`@${name}`];
  return isScalar(found) ? found : undefined;
}

function bare(attribute: string): string {
  return attribute.startsWith("@") ? attribute.slice(1) : attribute;
}

function isAttributes(name: string): boolean {
  return name === "#attributes" || name === "xmlns" || name === "@xmlns" || name === "_attributes";
}
