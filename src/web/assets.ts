import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** A file that the pages load. Its address changes with its content, so that it may be cached for ever. */
export interface Asset {
  readonly path: string;
  /** `path` with the content's hash. */
  readonly address: string;
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

export interface Assets {
  readonly style: Asset;
  readonly script: Asset;
  readonly icon: Asset;
  readonly fonts: readonly Asset[];
  readonly all: readonly Asset[];
  /** Changes with any of them. */
  readonly hash: string;
}

/** Typefaces as their packages hold them, Latin letters only: 140 KB in all. */
const faces = [
  { family: "Inter", name: "inter", file: "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2" },
  {
    family: "JetBrains Mono",
    name: "jetbrains-mono",
    file: "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  },
  {
    family: "Source Serif 4",
    name: "source-serif",
    file: "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  },
] as const;

/** Reads all assets once. `style` replaces the bundled style sheet that the build has put beside this module. */
export function loadAssets(style?: string): Assets {
  const { resolve } = createRequire(import.meta.url);
  const fonts = faces.map(({ name, file }) => asset(`/fonts/${name}.woff2`, "font/woff2", readFileSync(resolve(file))));
  const rules = faces.map(
    ({ family }, index) =>
      `@font-face{font-family:"${family}";src:url(${fonts[index]?.address}) format("woff2");font-weight:200 800;font-display:swap}`,
  );
  const sheet = style ?? readFileSync(join(import.meta.dirname, "styles", "app.css"), "utf8");
  const code = readFileSync(join(import.meta.dirname, "client", "site.js"));
  const css = asset("/styles/app.css", "text/css; charset=utf-8", Buffer.from(`${rules.join("")}\n${sheet}`));
  const script = asset("/client/site.js", "text/javascript; charset=utf-8", code);
  const icon = asset("/favicon.svg", "image/svg+xml", readFileSync(join(import.meta.dirname, "favicon.svg")));
  const all = [css, script, icon, ...fonts];
  return { style: css, script, icon, fonts, all, hash: hashOf(all.map(({ address }) => address).join(" ")) };
}

function asset(path: string, type: string, content: Uint8Array<ArrayBuffer>): Asset {
  return { path, address: `${path}?v=${hashOf(content)}`, type, content };
}

/** Short, and enough to tell versions of one file apart. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, 12);
}
