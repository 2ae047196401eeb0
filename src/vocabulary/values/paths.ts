import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { normalForm } from "../../rule/pattern.ts";
import type { Platform } from "../platform.ts";
import { changed, type Step } from "./draft.ts";

/**
 * The end of a path is what its base name is, where nothing before the last separator is asked for: `ends_with \dns.exe`
 * is `eq dns.exe` on the name, and `ends_with dns.exe` is `ends_with dns.exe` on the name. Both say the same of every
 * full path. A value with a wildcard behind the separator stays, since a wildcard may also stand for a separator.
 */
export function baseNameStep(name: string): Step {
  return (draft, platform) => {
    const { operator, value } = draft;
    if (operator !== "ends_with" || typeof value !== "string" || value === "") return draft;
    const separator = separatorOf(platform);
    const last = Math.max(value.lastIndexOf("\\"), value.lastIndexOf("/"));
    if (last === -1) return changed(draft, { field: name }, "end of the base name");
    // A separator of another system is an ordinary letter here, or a slip of the rule: either way nothing is certain.
    if (separator === null || value[last] !== separator || last !== 0 || value.length === 1) return draft;
    return changed(draft, { field: name, operator: "eq", value: value.slice(1) }, "base name of the path");
  };
}

/** An extension is what stands behind the last dot of the name: `eq exe` is `ends_with .exe` on the name. */
export function extensionStep(name: string): Step {
  return (draft) => {
    if (draft.operator !== "eq" || typeof draft.value !== "string") return draft;
    const extension = draft.value.startsWith(".") ? draft.value.slice(1) : draft.value;
    if (extension === "" || /[.\\/]/u.test(extension)) return draft;
    return changed(draft, { field: name, operator: "ends_with", value: `.${extension}` }, "extension of the base name");
  };
}

/**
 * `?:\Windows\x` and `*:\Windows\x` both leave the drive open. `:\` stands in a Windows path behind the drive letter and
 * nowhere else, so that the open drive is one with whatever may stand before it.
 */
export const openDriveStep: Step = (draft, platform) => {
  const { operator, value } = draft;
  if (platform === "unix" || operator !== "wildcard" || !isPattern(value)) return draft;
  const [first, second] = value.tokens;
  if (first?.type !== "one" || second?.type !== "literal" || !second.text.startsWith(":\\")) return draft;
  const open: PatternToken[] = [{ type: "any" }, ...value.tokens.slice(1)];
  const form = normalForm(open);
  if (form.value === null) return draft;
  return changed(draft, { operator: form.operator, value: form.value }, "any drive");
};

function separatorOf(platform: Platform): "\\" | "/" | null {
  if (platform === null) return null;
  return platform === "windows" ? "\\" : "/";
}

/** On which system a path was written, where the rule does not say: a backslash is one of Windows, a slash one of Unix. */
export function platformOfPath(value: Value): Platform {
  const has = (sign: string): boolean =>
    isPattern(value)
      ? value.tokens.some((one) => one.type === "literal" && one.text.includes(sign))
      : typeof value === "string" && value.includes(sign);
  const windows = has("\\");
  return windows === has("/") ? null : windows ? "windows" : "unix";
}
