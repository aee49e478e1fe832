import { closest, isRange } from "../runtime/media-type.js";

/** A range of `Accept`, and how much it is wanted. */
type Range = { readonly mediaType: string; readonly quality: number };

/**
 * What of the offered is wanted most (RFC 9110, section 12.5.1), and the media type to send it as; of equals the first. Undefined where
 * nothing is wanted.
 */
export function negotiate<T extends { readonly mediaType: string }>(
  accept: string | undefined,
  offered: readonly T[],
): { readonly chosen: T; readonly mediaType: string } | undefined {
  const ranges = rangesOf(accept ?? "*/*");
  let best: { readonly chosen: T; readonly mediaType: string; readonly quality: number } | undefined;
  for (const chosen of offered) {
    const wanted = isRange(chosen.mediaType)
      ? ranges.find((range) => closest([chosen], range.mediaType))
      : undefined;
    const range = wanted ?? closest(ranges, chosen.mediaType);
    const quality = range?.quality ?? 0;
    const mediaType = wanted && !isRange(wanted.mediaType) ? wanted.mediaType : chosen.mediaType;
    if (quality > (best?.quality ?? 0)) best = { chosen, mediaType, quality };
  }
  return best;
}

/** An empty header says nothing, as none does. */
function rangesOf(accept: string): Range[] {
  const ranges = accept.split(",").flatMap((part): Range[] => {
    const [mediaType = "", ...parameters] = part.split(";").map((each) => each.trim());
    if (!/^[^\s/]+\/[^\s/]+$/.test(mediaType)) return [];
    const q = parameters.find((each) => /^q=/i.test(each));
    const others = parameters.filter((each) => !/^q=/i.test(each));
    const quality = q === undefined ? 1 : Number(q.slice(2));
    return [{ mediaType: [mediaType, ...others].join(";"), quality: Number.isFinite(quality) ? quality : 1 }];
  });
  return ranges.length > 0 ? ranges : [{ mediaType: "*/*", quality: 1 }];
}
