import { orderSchema } from "shop/validators";
import type { Order } from "shop";

export async function parseOrder(value: unknown): Promise<Order | undefined> {
  const result = await orderSchema["~standard"].validate(value);
  return result.issues ? undefined : (result.value as Order);
}
