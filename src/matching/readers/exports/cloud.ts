import { isObject } from "../json/wrappers.ts";
import type { EventData } from "../log-format.ts";

/** What AWS wraps around one event of CloudTrail or of another log. */
export function unwrapCloud(data: EventData): readonly EventData[] | null {
  // EventBridge.
  if (typeof data["detail-type"] === "string" && isObject(data.detail) && Object.hasOwn(data.detail, "eventName")) {
    return [data.detail];
  }
  // `aws cloudtrail lookup-events`.
  if (typeof data.CloudTrailEvent === "string") return objectOf(data.CloudTrailEvent);
  // CloudWatch Logs: a member of `logEvents` or `events`.
  if (typeof data.message === "string" && typeof data.timestamp === "number" && data.message.startsWith("{")) {
    return objectOf(data.message);
  }
  return null;
}

function objectOf(text: string): readonly EventData[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? [value] : null;
  } catch {
    return null;
  }
}
