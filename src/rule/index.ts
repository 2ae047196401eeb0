export * from "./attack.ts";
export * from "./build.ts";
export * from "./describe.ts";
export * from "./document.ts";
export * from "./expression.ts";
export * from "./logic.ts";
export * from "./pattern.ts";
export * from "./predicates.ts";
