import type { Customer } from "shop";

export function greeting(customer: Customer): string {
  const name = customer.name;
  return `Hello ${name}, or shall I say ${customer.nickname}?`;
}
