/** Where a file of a GitHub repository can be seen at a commit. */
export function githubFile(repository: string): (commit: string, path: string) => string {
  return (commit, path) => `${repository}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`;
}
