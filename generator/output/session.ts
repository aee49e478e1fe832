import { sortedBy } from "../model/order.js";
import { recover, unfinishedWith } from "./apply.js";
import { lockFolder, type Patience } from "./lock.js";

/**
 * Does something with packages' folders while no other run writes them. What a killed run left there is completed, or cleared, before.
 *
 * @throws {OutputError} where another run holds one of them for longer than the patience lasts, or one cannot be written.
 */
export async function withFolders<T>(
  folders: readonly string[],
  patience: Patience,
  work: () => Promise<T>,
): Promise<T> {
  for (let wanted: readonly string[] = folders; ;) {
    const held: (() => Promise<void>)[] = [];
    try {
      // In one order, so that two runs never wait for each other.
      for (const folder of sortedBy(new Set(wanted), (each) => each))
        held.push(await lockFolder(folder, patience));
      const more = (await Promise.all(wanted.map(unfinishedWith))).flat();
      if (more.every((each) => wanted.includes(each))) {
        await recover(wanted);
        return await work();
      }
      wanted = [...wanted, ...more];
    } finally {
      for (const release of held.toReversed()) await release();
    }
  }
}
