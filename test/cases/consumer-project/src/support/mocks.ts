import { mockListOrders } from "shop/mocks";

export const handlers = [mockListOrders({ status: 200, body: [] })];
