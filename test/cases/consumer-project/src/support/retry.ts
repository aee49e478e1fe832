export async function twice<T>(attempt: () => Promise<T>): Promise<T> {
  return attempt().catch(attempt);
}
