// model/: nouns and the rules that decide. No database, no clock, no network, no Node or DOM types.
// This file: the few JSON Schema builders that every other schema uses.
import { type Static, type TSchema, Type } from 'typebox'

/** A closed list of words as `{type: string, enum: […]}`: readable in OpenAPI and fast to serialize. */
export function Words<const T extends readonly string[]>(words: T, options: object = {}) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...options })
}

/** The value or null. Primitives become `type: [t, 'null']`, which serializes without a union check. */
export function Nullable<T extends TSchema>(schema: T) {
  const plain = schema as unknown as { type?: unknown; enum?: unknown[] }
  if (typeof plain.type === 'string' && plain.type !== 'object' && plain.type !== 'array') {
    const nullable: Record<string, unknown> = { ...plain, type: [plain.type, 'null'] }
    if (plain.enum) nullable.enum = [...plain.enum, null]
    return Type.Unsafe<Static<T> | null>(nullable)
  }
  return Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })
}

/** An object that refuses unknown fields. */
export function Fields<T extends Record<string, TSchema>>(fields: T) {
  return Type.Object(fields, { additionalProperties: false })
}

/**
 * A list that names each item once. Not `uniqueItems`: to say what is wrong, TypeBox copies a list for every item that
 * stands twice, and a hundred thousand of them keep the server from everything else.
 */
export function Distinct<T extends TSchema>(items: T, limits: { minItems?: number; maxItems: number }) {
  const list = Type.Array(items, { ...limits, description: 'Each one once.' })
  return Type.Refine(
    list,
    (value) => new Set(value as unknown[]).size === (value as unknown[]).length,
    () => 'names one of them twice',
  )
}

/** A row id: a positive integer below 2^53. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** A moment as ISO 8601 in UTC with milliseconds. */
export const Moment = Type.String({ description: 'ISO 8601 moment, UTC, millisecond precision' })
/** A count, 0 or more. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** A count that a person or program sends and that is stored in 32 bits. */
export const SmallCount = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })
/** One line a person typed. */
export const Line = (maxLength = 200) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
/** What no Line may be. */
export const isNameless = ({ name }: { readonly name: string }): boolean => name.trim() === ''
