import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ShellFacts } from "../../../emulation/shells/facts.ts";
import { readCheckedYaml } from "../checked-yaml.ts";
import { contentFolder } from "../folder.ts";

const source = z.url({ protocol: /^https$/ });

const smallNames = z.record(z.string().regex(/^[a-z_][a-z0-9_().]*$/), z.string());

const windowsSchema = z.strictObject({ source, variables: smallNames, powershell: smallNames });

const unixSchema = z.strictObject({
  source,
  variables: z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/), z.string()),
  wrappers: z.record(
    z.string().regex(/^[a-z]+$/),
    z.strictObject({
      valued: z.array(z.string().regex(/^--?[A-Za-z-]+$/)),
      operands: z.int().min(0).max(3),
      assigns: z.boolean(),
    }),
  ),
});

/** What shells are told of a default machine. Throws where a file of ours is not as it must be. */
export function readShellFacts(folder = join(contentFolder, "emulation")): ShellFacts {
  const read = <Schema extends z.ZodType>(name: string, schema: Schema) =>
    readCheckedYaml(`content/emulation/${name}`, readFileSync(join(folder, name), "utf8"), schema);
  const windows = read("windows-environment.yaml", windowsSchema);
  const unix = read("unix-environment.yaml", unixSchema);
  return {
    windows: windows.variables,
    powershell: windows.powershell,
    unix: unix.variables,
    wrappers: unix.wrappers,
  };
}
