import { shop } from "../client.js";

export async function upgrade(id: string): Promise<boolean> {
  const { ok } = await shop.updateCustomer({
    id,
    body: { name: "Ada", tier: "gold" },
  });
  return ok;
}
