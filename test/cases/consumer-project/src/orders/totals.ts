import type { Order } from "shop";

export function totals(orders: readonly Order[]): number {
  return orders.reduce((sum, { total }) => sum + total, 0);
}
