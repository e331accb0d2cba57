// Which tasks: these ids, or this filter except these. An empty filter must be said aloud with `all: true`.
import { type Static, Type } from 'typebox'
import { Failure } from './failure.ts'
import { FilterSchema } from './filter.ts'
import { Distinct, Fields, Id } from './schema.ts'

export const SelectionSchema = Type.Union([
  Fields({ ids: Distinct(Id, { minItems: 1, maxItems: 100_000 }) }),
  Fields({
    filter: FilterSchema,
    except: Type.Optional(Distinct(Id, { maxItems: 100_000 })),
    all: Type.Optional(Type.Boolean()),
  }),
])
export type Selection = Static<typeof SelectionSchema>

/** True if the selection would mean everything without saying so. */
export function meansEverythingSilently(selection: Selection): boolean {
  return 'filter' in selection && selection.filter.conditions.length === 0 && selection.all !== true
}

/** @param total how many tasks were found. @throws Failure not_found if ids were named that are not of this project */
export function requireAllFound(selection: Selection, total: number): void {
  if (!('ids' in selection) || total === selection.ids.length) return
  const missing = selection.ids.length - total
  throw new Failure('not_found', `selection.ids: ${missing} of these ids are not tasks of this project.`)
}
