export default { apis: { shop: { input: "head.yaml" } } };
