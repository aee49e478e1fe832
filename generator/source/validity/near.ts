/** Two shorter words that differ in two characters are two words: `Name` and `Date`. */
const SHORT = 5;

/** The candidate that a misspelt word most likely means; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = word.length < 2 ? 0 : word.length < SHORT ? 1 : 2;
  const own = word.toLowerCase();
  const forms = own.endsWith("y") ? [own, `${own.slice(0, -1)}ies`] : [own];
  const near = candidates
    .map((candidate) => ({
      candidate,
      distance: Math.min(...forms.map((form) => distanceOf(form, candidate.toLowerCase()))),
    }))
    .filter(({ candidate, distance }) => distance <= limit && candidate !== word);
  return near.reduce<(typeof near)[number] | undefined>(
    (best, each) => (best && best.distance <= each.distance ? best : each),
    undefined,
  )?.candidate;
}

/** What to do about a name that is not there: the one that is meant, or something else. */
export function adviceOn(word: string, candidates: readonly string[], otherwise: string): string {
  const near = nearest(word, candidates);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}

/** How many characters are to be put in, taken out, replaced or swapped (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          rows[i - 1]![j]! + 1,
          row[j - 1]! + 1,
          rows[i - 1]![j - 1]! + cost,
          isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity,
        ),
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
