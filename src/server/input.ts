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

type SchemaError = { instancePath: string; keyword: string; message: string; params?: Record<string, unknown> }

/** @returns null if the value fits. @param at what the value is called, e.g. `body` or `params` */
export function inputProblem(schema: TSchema, value: unknown, at: string): string | null {
  const validator = validatorOf(schema)
  if (validator.Check(value)) return null
  const errors = [...(validator.Errors(value) as Iterable<SchemaError>)].filter((e) => e.keyword !== 'boolean')
  const error = mostTelling(errors)
  if (!error) return `${at}: not valid.`
  const path = `${at}${error.instancePath.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replace(/\//g, '.')}`
  return `${path}: ${sentence(error)}`
}

/** The deepest one: of a union's errors, the branch that came furthest. */
function mostTelling(errors: SchemaError[]): SchemaError | undefined {
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
