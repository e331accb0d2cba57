// What hinders a submit: required attributes without a value. The first place is named, so that it can be shown.
import type { LabelSchema } from '../../../model/label-schema.ts'
import { type MissingValue, missingValues } from '../../../model/required-values.ts'

/** `total`: values missing in the whole document. */
export type Missing = MissingValue & { total: number }

export function firstMissing(document: Parameters<typeof missingValues>[0], schema: LabelSchema): Missing | null {
  const missing = missingValues(document, schema)
  return missing[0] ? { ...missing[0], total: missing.length } : null
}
