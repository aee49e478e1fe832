import { testHandlers } from "./msw-handlers.js";

await testHandlers();
