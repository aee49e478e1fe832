import { distinct, type Check, type Fault, type Seen } from "./check.js";

/** What a check finds of a value. What is wrong with it, and what was looked at, is known where somebody asked. */
interface Finding {
  readonly valid: boolean;
  readonly faults: readonly Fault[] | undefined;
  readonly seen: Seen | undefined;
}

/** Findings are remembered from so many references on that one value has been through, */
const MANY = 1000;
/** and for those that are as deep within others. Most values have neither, and remembering takes time. */
const DEEP = 4;

/** How many references are being followed, one within the other; and how many were, since the first of them. A check waits for nothing. */
let depth = 0;
let followed = 0;
/** By check, then by the identity of the object or list. It lasts as long as the first reference. */
let findings: Map<Check, Map<unknown, Finding>> | undefined;

/**
 * `$ref`: the check of another validator, asked for when it is needed. Each alternative of a recursive union goes through the same members
 * again, which doubles the work with every level, unless findings are remembered.
 */
export function ref(target: () => { readonly check: Check }): Check {
  let check: Check | undefined;
  return (value, faults, seen) => {
    check ??= target().check;
    depth++;
    try {
      const isRemembered = ++followed > MANY && depth > DEEP && typeof value === "object";
      return isRemembered ? remembered(check, value, faults, seen) : check(value, faults, seen);
    } finally {
      // Without a call, for which a full stack has no place.
      if (--depth === 0) {
        followed = 0;
        findings = undefined;
      }
    }
  };
}

/** What a check says of a value. It is asked at most twice: for the verdict, and again where more is asked for later. */
function remembered(check: Check, ...[value, faults, seen]: Parameters<Check>): boolean {
  findings ??= new Map();
  const known = findings.get(check) ?? new Map<unknown, Finding>();
  findings.set(check, known);
  let finding = known.get(value);
  if (!finding || !(finding.valid ? finding.seen || !seen : finding.faults || !faults)) {
    const own: Fault[] | undefined = faults && [];
    const looked: Seen | undefined = seen && new Set();
    const valid = check(value, own, looked);
    finding = { valid, faults: own && distinct(own), seen: looked };
    known.set(value, finding);
  }
  // Whoever is around adds keys.
  for (const fault of finding.faults ?? []) faults?.push({ ...fault, keys: [...fault.keys] });
  for (const key of (seen && finding.seen) ?? []) seen?.add(key);
  return finding.valid;
}
