import type { Logic } from "../../rule/logic.ts";
import type { Environment } from "../language.ts";
import type { SplAst } from "./ast.ts";
import { type Lowering, maximumExpansion, ownText } from "./lower/context.ts";
import { lowerPipeline } from "./lower/pipeline.ts";
import { newScope } from "./scope.ts";

/** What the search does, with macros put in from the environment. Total: what is not understood becomes opaque. */
export function lower(ast: SplAst, environment?: Environment): Logic {
  const lowering: Lowering = { environment, budget: { characters: maximumExpansion }, home: ownText };
  return { stages: lowerPipeline(ast.pipeline, lowering, newScope()) };
}
