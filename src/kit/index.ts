export * from "./characters.ts";
export * from "./diagnostic.ts";
export * from "./extents.ts";
export * from "./limits.ts";
export * from "./pratt.ts";
export * from "./span.ts";
export * from "./tokens.ts";
export * from "./yaml.ts";
