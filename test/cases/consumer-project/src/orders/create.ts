import { unwrap, type Draft, type Order } from "shop";
import { shop } from "../client.js";

export async function createOrderOf(items: readonly string[]): Promise<Order> {
  const draft: Draft = { items: [...items], note: "by phone" };
  return unwrap(shop.createOrder({ body: draft }));
}
