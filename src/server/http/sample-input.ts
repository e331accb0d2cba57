// For tests: from a schema a value that fits it, and values that do not.
import type { TSchema } from 'typebox'
import { inputProblem } from '../input.ts'

type Plain = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Plain[]
  properties?: Record<string, Plain>
  required?: string[]
  items?: Plain
  minItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
}
export const plain = (schema: unknown): Plain => schema as Plain

/** Texts that fit the patterns of the contract. */
const TEXTS = [
  'sample text',
  'sample-text-of-twenty-letters',
  'someone@example.org',
  'a'.repeat(64),
  '#aabbcc',
  'a',
  '1',
]

/** A value with the required fields only. @throws Error if none is known */
export function sampleOf(schema: unknown): unknown {
  const s = plain(schema)
  if (s.const !== undefined) return s.const
  if (s.enum) return s.enum[0]
  if (s.anyOf) return sampleOf(s.anyOf[0])
  const type = Array.isArray(s.type) ? s.type[0] : s.type
  if (type === 'object')
    return Object.fromEntries((s.required ?? []).map((key) => [key, sampleOf(s.properties?.[key])]))
  if (type === 'array') return Array.from({ length: s.minItems ?? 0 }, () => sampleOf(s.items))
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return Math.max(s.minimum ?? 0, 0)
  if (type === 'string') {
    const text = TEXTS.find((t) => !inputProblem(schema as TSchema, t, ''))
    if (text === undefined) throw new Error(`no text fits ${JSON.stringify(schema)}`)
    return text
  }
  return {}
}

const ODD = [{ a: {} }, [{}], 'x', '', 'a\u0000b', 'x'.repeat(40_000), 1.5, -1, 1e300, 2 ** 53, 0, true, null]

/** Values of a field that its schema refuses. */
export const misfitsOf = (schema: unknown) => ODD.filter((value) => inputProblem(schema as TSchema, value, '') !== null)

/** The largest, smallest and strangest values that a field's schema accepts. */
export function extremesOf(schema: unknown): unknown[] {
  const s = plain(schema)
  const values = [
    s.maximum,
    s.minimum,
    2 ** 53 - 1,
    2 ** 31,
    -(2 ** 31) - 1,
    0.1 + 0.2,
    '\u202eevil',
    "'; drop table task; --",
    '%',
    '\\',
    '😀',
    [],
  ]
  return values.filter((value) => value !== undefined && inputProblem(schema as TSchema, value, '') === null)
}
