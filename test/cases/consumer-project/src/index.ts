export { cancelOrder } from "./orders/cancel.js";
export { createOrderOf } from "./orders/create.js";
export { readOrder } from "./orders/read.js";
export { totals } from "./orders/totals.js";
export { greeting } from "./customers/format.js";
export { upgrade } from "./customers/upgrade.js";
export { invoiceOf } from "./invoices/invoice.js";
