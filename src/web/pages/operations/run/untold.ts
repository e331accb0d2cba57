// Operations that were begun in this browser and whose end nobody has been told: whoever loads the page anew hears of it too,
// once. Whose they are is kept, for people who share a browser.
import { remember, remembered } from '../../../browser-storage.ts'

type Begun = { id: number; actor_id: number | null }

/** More are no news any more. */
const MOST = 50

const keyOf = (project_id: number, person_id: number | null) => `pixlhub-operations-${project_id}-${person_id}`

export function untold(project_id: number, person_id: number | null): number[] {
  try {
    const ids: unknown = JSON.parse(remembered(keyOf(project_id, person_id)) ?? '[]')
    return Array.isArray(ids) ? ids.filter(Number.isSafeInteger) : []
  } catch {
    return []
  }
}

const without = (project_id: number, { id, actor_id }: Begun) => untold(project_id, actor_id).filter((i) => i !== id)

/** It runs: its end is to be told. */
export function toBeTold(project_id: number, operation: Begun): void {
  write(project_id, operation, [...without(project_id, operation), operation.id].slice(-MOST))
}

/** @returns whether it was to be told still */
export function told(project_id: number, operation: Begun): boolean {
  if (!untold(project_id, operation.actor_id).includes(operation.id)) return false
  write(project_id, operation, without(project_id, operation))
  return true
}

function write(project_id: number, { actor_id }: Begun, ids: readonly number[]): void {
  remember(keyOf(project_id, actor_id), JSON.stringify(ids))
}
