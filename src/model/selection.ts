// Which tasks: these ids, or this filter except these. An empty filter must be said aloud with `all: true`.
import { type Static, Type } from 'typebox'
import { FilterSchema } from './filter.ts'
import { Fields, Id } from './schema.ts'

export const SelectionSchema = Type.Union([
  Fields({ ids: Type.Array(Id, { minItems: 1, maxItems: 100_000, uniqueItems: true }) }),
  Fields({
    filter: FilterSchema,
    except: Type.Optional(Type.Array(Id, { maxItems: 100_000, uniqueItems: true })),
    all: Type.Optional(Type.Boolean()),
  }),
])
export type Selection = Static<typeof SelectionSchema>

/** True if the selection would mean everything without saying so. */
export function meansEverythingSilently(selection: Selection): boolean {
  return 'filter' in selection && selection.filter.conditions.length === 0 && selection.all !== true
}
