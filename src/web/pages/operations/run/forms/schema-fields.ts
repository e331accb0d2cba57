// The fields of a JSON Schema as controls. Pure. What is no plain value is written as JSON.

export type SchemaField = {
  name: string
  label: string
  control: 'text' | 'number' | 'integer' | 'flag' | 'choice' | 'json'
  choices: (string | number)[]
  isRequired: boolean
}

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  title?: string
}

/** null if the schema is no object of named fields: then the whole is written as JSON. */
export function schemaFields(schema: unknown): SchemaField[] | null {
  const { properties, required = [] } = (typeof schema === 'object' && schema !== null ? schema : {}) as Schema
  if (!properties) return null
  return Object.entries(properties).map(([name, field]) => ({
    name,
    label: field.title ?? readable(name),
    isRequired: required.includes(name),
    ...control(field),
  }))
}

function control(field: Schema): Pick<SchemaField, 'control' | 'choices'> {
  const choices = (field.enum ?? (field.const === undefined ? [] : [field.const])).filter(
    (v) => typeof v === 'string' || typeof v === 'number',
  )
  if (choices.length > 0) return { control: 'choice', choices }
  const type = [field.type].flat().find((t) => t !== 'null')
  const known = { string: 'text', number: 'number', integer: 'integer', boolean: 'flag' } as const
  return { control: known[type as keyof typeof known] ?? 'json', choices: [] }
}

const readable = (name: string): string => {
  const words = name.replace(/_/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function missingFields(schema: unknown, params: Record<string, unknown>): string[] {
  return (schemaFields(schema) ?? []).filter((f) => f.isRequired && params[f.name] === undefined).map((f) => f.name)
}
