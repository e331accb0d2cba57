// Problems of an input under a TypeBox schema, as one sentence that names the field.
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

const compiled = new WeakMap<object, Validator>()

/** The compiled check of a schema, made once. */
export function validatorOf(schema: TSchema): Validator {
  let validator = compiled.get(schema)
  if (!validator) {
    validator = Compile(schema) as unknown as Validator
    compiled.set(schema, validator)
  }
  return validator
}

type SchemaError = {
  schemaPath: string
  instancePath: string
  keyword: string
  message: string
  params?: Record<string, unknown>
}

/** @returns null if the value fits. @param at what the value is called, e.g. `body` or `params` */
export function inputProblem(schema: TSchema, value: unknown, at: string): string | null {
  const validator = validatorOf(schema)
  if (validator.Check(value)) return textProblem(value, at)
  const long = tooLong(schema as Lists, value, at)
  if (long) return long
  const errors = [...(validator.Errors(value) as Iterable<SchemaError>)].filter((e) => e.keyword !== 'boolean')
  const error = mostTelling(errors)
  if (!error) return `${at}: not valid.`
  const path = `${at}${error.instancePath.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replace(/\//g, '.')}`
  return `${path}: ${sentence(error)}`
}

type Lists = {
  const?: unknown
  maxItems?: number
  items?: Lists
  properties?: Record<string, Lists>
  anyOf?: Lists[]
}

/**
 * A list that is longer than it may be, looked for first: TypeBox looks at each of its items for what else is wrong, and
 * in one request there may be millions.
 */
function tooLong(schema: Lists, value: unknown, at: string): string | null {
  const { maxItems = Number.POSITIVE_INFINITY, items, properties = {}, anyOf = [] } = schema
  if (Array.isArray(value)) {
    if (value.length > maxItems) return `${at}: takes at most ${maxItems.toLocaleString('en-US')}.`
    if (items && (items.items || items.properties || items.anyOf))
      for (const [i, item] of value.entries()) {
        const found = tooLong(items, item, `${at}[${i}]`)
        if (found) return found
      }
  }
  const fields = isFields(value) ? value : {}
  for (const [key, field] of Object.entries(properties)) {
    const found = tooLong(field, fields[key], `${at}.${key}`)
    if (found) return found
  }
  for (const branch of anyOf) {
    const found = isOtherKind(branch, fields) ? null : tooLong(branch, value, at)
    if (found) return found
  }
  return null
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isOtherKind = ({ properties = {} }: Lists, fields: Record<string, unknown>): boolean =>
  Object.entries(properties).some(([key, field]) => field.const !== undefined && fields[key] !== field.const)

/** `of`: what it is a part of, under this key. */
type Part = { value: unknown; of: Part | null; key: string | number }

/**
 * Text that PostgreSQL cannot hold: NUL, and halves of surrogate pairs.
 * Walks with a list of its own: a value nested a million deep must not overflow the stack. Where a part is, is put into words only if
 * something is wrong with it: a save has tens of thousands.
 */
function textProblem(value: unknown, at: string): string | null {
  const open: Part[] = [{ value, of: null, key: at }]
  for (let part = open.pop(); part; part = open.pop()) {
    const { value: v } = part
    if (typeof v === 'string') {
      if (!isStorable(v)) return `${pathOf(part)}: holds a character that cannot be stored.`
    } else if (Array.isArray(v)) {
      for (let i = 0; i < v.length; i++) if (typeof v[i] !== 'number') open.push({ value: v[i], of: part, key: i })
    } else if (isFields(v)) {
      for (const key in v) {
        const item = v[key]
        if (!isStorable(key)) return `${pathOf(part)}: a name in it holds a character that cannot be stored.`
        if (typeof item === 'string' || typeof item === 'object') open.push({ value: item, of: part, key })
      }
    }
  }
  return null
}

function pathOf(part: Part): string {
  let path = ''
  let { of, key } = part
  for (; of; { of, key } = of) path = `${typeof key === 'number' ? `[${key}]` : `.${key}`}${path}`
  return `${key}${path}`
}

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed()

/** The deepest one: of a union's errors, the branch that came furthest, or that the value names by its `kind` or `type`. */
function mostTelling(all: SchemaError[]): SchemaError | undefined {
  const otherKinds = all
    .filter((e) => e.keyword === 'const')
    .flatMap((e) => /^.*\/anyOf\/\d+(?=\/)/.exec(e.schemaPath) ?? [])
  const ofKind = all.filter(
    (e) => e.keyword !== 'anyOf' && !otherKinds.some((branch) => `${e.schemaPath}/`.startsWith(`${branch}/`)),
  )
  const errors = ofKind.length > 0 ? ofKind : all
  const depth = (e: SchemaError) => e.instancePath.split('/').length - (e.keyword === 'anyOf' ? 1 : 0)
  return errors.sort((a, b) => depth(b) - depth(a))[0]
}

function sentence(error: SchemaError): string {
  const p = error.params ?? {}
  switch (error.keyword) {
    case 'additionalProperties':
      return `unknown field ${list(p.additionalProperties)}.`
    case 'required':
      return `missing ${list(p.requiredProperties)}.`
    case 'const':
      return `must be “${p.allowedValue}”.`
    case 'enum':
      return `must be one of ${list(p.allowedValues)}.`
    default:
      return `${error.message}.`
  }
}

const list = (value: unknown) => (Array.isArray(value) ? value.map((v) => `“${v}”`).join(', ') : String(value ?? ''))
