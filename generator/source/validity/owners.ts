/** The objects of OpenAPI by the names that the schemas of the versions give them, and what people call each. */
const OWNERS: { readonly [phrase: string]: readonly string[] } = {
  "an OpenAPI document": ["document"],
  info: ["info", "Info"],
  contact: ["contact", "Contact"],
  license: ["license", "License"],
  "a server": ["server", "Server"],
  "a server variable": ["server-variable", "ServerVariable"],
  components: ["components", "Components"],
  paths: ["paths", "Paths"],
  "a path item": ["path-item", "PathItem", "pathItem"],
  "an operation": ["operation", "Operation"],
  externalDocs: ["external-documentation", "ExternalDocumentation", "externalDocs"],
  "a parameter": [
    "parameter",
    "Parameter",
    "bodyParameter",
    "nonBodyParameter",
    "headerParameterSubSchema",
    "queryParameterSubSchema",
    "formDataParameterSubSchema",
    "pathParameterSubSchema",
  ],
  "an items object": ["primitivesItems"],
  "a request body": ["request-body", "RequestBody"],
  "a media type": ["media-type", "MediaType"],
  "an encoding": ["encoding", "Encoding"],
  responses: ["responses", "Responses"],
  "a response": ["response", "Response"],
  "a callback": ["callbacks", "Callback"],
  "an example": ["example", "Example"],
  "a link": ["link", "Link"],
  "a header": ["header", "Header"],
  "a tag": ["tag", "Tag"],
  "a reference": ["reference", "Reference", "jsonReference"],
  "a schema": ["schema", "Schema", "fileSchema"],
  "a discriminator": ["discriminator", "Discriminator"],
  xml: ["xml", "XML"],
  "a security scheme": [
    "security-scheme",
    "SecurityScheme",
    "APIKeySecurityScheme",
    "HTTPSecurityScheme",
    "OAuth2SecurityScheme",
    "OpenIdConnectSecurityScheme",
    "basicAuthenticationSecurity",
    "apiKeySecurity",
    "oauth2ImplicitSecurity",
    "oauth2PasswordSecurity",
    "oauth2ApplicationSecurity",
    "oauth2AccessCodeSecurity",
  ],
  flows: ["oauth-flows", "OAuthFlows"],
  "an OAuth flow": [
    "implicit",
    "password",
    "client-credentials",
    "authorization-code",
    "device-authorization",
    "ImplicitOAuthFlow",
    "PasswordOAuthFlow",
    "ClientCredentialsFlow",
    "AuthorizationCodeOAuthFlow",
  ],
  "a security requirement": ["security-requirement", "SecurityRequirement", "securityRequirement"],
};

const PHRASES = new Map(
  Object.entries(OWNERS).flatMap(([phrase, names]) => names.map((name) => [name, phrase] as const)),
);

/** True for a definition of an object; other definitions are parts of one. */
export function isNamed(definition: string): boolean {
  return PHRASES.has(definition);
}

/** What people call the object: `a path item`. */
export function phraseOf(definition: string): string {
  return PHRASES.get(definition) ?? definition;
}
