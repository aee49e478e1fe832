import { createShopClient } from "shop";

export const shop = createShopClient({ timeout: 5_000 });
