import { stringLiteral } from "../emit/literals.js";

/** A first `clientsmith.config.ts`; without a scope, one that sets nothing. */
export function configText(scope: string): string {
  const members = scope === "" ? "" : `\n  scope: ${stringLiteral(scope)},\n`;
  return `import { defineConfig } from "clientsmith";\n\nexport default defineConfig({${members}});\n`;
}

/** A first document: one operation, with a failure and a schema. */
export function specText(title: string): string {
  return `openapi: 3.1.1
info:
  title: ${stringLiteral(title)}
  version: 0.1.0
servers:
  - url: https://api.example.com/v1
paths:
  /things/{thingId}:
    get:
      operationId: getThing
      summary: A thing
      parameters:
        - name: thingId
          in: path
          required: true
          schema: { type: string, format: uuid }
      responses:
        "200":
          description: The thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
        "404":
          description: There is no such thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Problem" }
components:
  schemas:
    Thing:
      type: object
      required: [id, name]
      properties:
        id: { type: string, format: uuid }
        name: { type: string, minLength: 1 }
        createdAt: { type: string, format: date-time }
    Problem:
      type: object
      required: [message]
      properties:
        message: { type: string }
`;
}
