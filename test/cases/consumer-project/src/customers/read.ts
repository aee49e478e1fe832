import { unwrap, type Customer } from "shop";
import { shop } from "../client.js";

export async function readCustomer(id: string): Promise<Customer> {
  return unwrap(shop.getCustomer({ id }));
}
