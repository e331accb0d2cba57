// Stands in for typebox in the built page (see vite.config.ts). The client needs only the names of an endpoint's fields;
// the server validates. typebox itself would be 41 KB of JavaScript that never runs a check here.
// Only `Type` exists: whoever imports more of typebox in the page gets an error from the build, not a surprise.

type Named = { properties?: Record<string, unknown> }

const builders: Record<string, (given: never) => unknown> = {
  Object: (properties: Record<string, unknown>): Named => ({ properties }),
  Unsafe: (schema: unknown) => schema,
  Partial: (schema: unknown) => schema,
  Optional: (schema: unknown) => schema,
}

/** Every other builder gives an empty schema. */
export const Type: unknown = new Proxy(builders, { get: (known, name: string) => known[name] ?? (() => ({})) })
