import type { paths } from "shop/openapi";

export type OrderPath = Extract<keyof paths, `/orders${string}`>;
