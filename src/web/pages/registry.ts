import type { AskedPage } from "../page.ts";
import { actorPages } from "./actors.tsx";
import { attackPage } from "./attack.tsx";
import { corporaPage } from "./corpora.tsx";
import { corpusPage } from "./corpus.tsx";
import { diagnosticPage } from "./diagnostic.tsx";
import { diagnosticsPage } from "./diagnostics.tsx";
import { eventPage } from "./event.tsx";
import { eventsPage } from "./events.tsx";
import { fieldPage } from "./field.tsx";
import { fieldsPage } from "./fields.tsx";
import { homePage } from "./home.tsx";
import { indicatorPage } from "./indicator.tsx";
import { indicatorsPage } from "./indicators.tsx";
import { packagePage } from "./package.tsx";
import { packagesPage } from "./packages.tsx";
import { providerPage } from "./provider.tsx";
import { rulePage } from "./rule.tsx";
import { searchPage } from "./search.tsx";
import { tacticPage, tacticsPage } from "./tactics.tsx";
import { techniquePage } from "./technique.tsx";
import { testPage } from "./test.tsx";
import { testsPage } from "./tests.tsx";

/** Every page of the site. */
export const pages: readonly AskedPage[] = [
  homePage,
  attackPage,
  techniquePage,
  packagesPage,
  packagePage,
  tacticsPage,
  tacticPage,
  ...actorPages,
  testsPage,
  testPage,
  eventsPage,
  providerPage,
  eventPage,
  rulePage,
  fieldsPage,
  fieldPage,
  indicatorsPage,
  indicatorPage,
  corporaPage,
  corpusPage,
  diagnosticsPage,
  diagnosticPage,
  searchPage,
];
