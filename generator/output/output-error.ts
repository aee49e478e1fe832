/** A folder that cannot be read or written as it must be; its message is for the person who asked for it. */
export class OutputError extends Error {}

/** What a fault of the file system means, in words. */
export function faultOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? message;
}

const WORDS: { readonly [code: string]: string } = {
  ENOENT: "a link leads nowhere, or a folder is gone",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file, or a link that leads nowhere, is where a folder should be",
  EEXIST: "a file is where a folder should be",
  EISDIR: "a folder is where a file should be",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its path is too long",
};
