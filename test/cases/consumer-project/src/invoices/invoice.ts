import type { Order } from "shop";
import { money } from "./money.js";

export function invoiceOf({ id, total, customer }: Order): string {
  return `${id}: ${customer.name} pays ${money(total)}`;
}
