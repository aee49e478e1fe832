import { orderFixtures } from "shop/fixtures";
import { totals } from "./totals.js";

export const exampleTotal = totals([orderFixtures.full, orderFixtures.minimal]);
