import { unwrap, type Order } from "shop";
import { shop } from "../client.js";

export async function readOrder(id: string): Promise<Order> {
  return unwrap(shop.getOrder({ id }));
}
