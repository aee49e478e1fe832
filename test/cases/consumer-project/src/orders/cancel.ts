import { deleteOrder } from "shop";

export async function cancelOrder(id: string): Promise<boolean> {
  const result = await deleteOrder({ id });
  return result.ok;
}
