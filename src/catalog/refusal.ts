/** What the user can mend: no corpus in a folder, a file that is no catalog. The message says what to do next. */
export class CatalogRefusal extends Error {}
