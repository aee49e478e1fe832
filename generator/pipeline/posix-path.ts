import { relative, sep } from "node:path";

/** The way from a folder to a path, with the slashes of URLs and of git on every system. */
export function posixPath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}
