import { unwrap } from "shop";
import { shop } from "../client.js";
import { totals } from "./totals.js";

export async function grandTotal(): Promise<number> {
  return totals(await unwrap(shop.listOrders()));
}
