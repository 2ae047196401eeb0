import type { AskedPage } from "../page.ts";
import { attackPage } from "./attack.tsx";
import { corporaPage } from "./corpora.tsx";
import { corpusPage } from "./corpus.tsx";
import { diagnosticPage } from "./diagnostic.tsx";
import { diagnosticsPage } from "./diagnostics.tsx";
import { homePage } from "./home.tsx";
import { rulePage } from "./rule.tsx";
import { searchPage } from "./search.tsx";
import { techniquePage } from "./technique.tsx";

/** Every page of the site. */
export const pages: readonly AskedPage[] = [
  homePage,
  attackPage,
  techniquePage,
  rulePage,
  corporaPage,
  corpusPage,
  diagnosticsPage,
  diagnosticPage,
  searchPage,
];
