// The list of operations. A new one is a file beside this one and a line here; menu, form, permission, preview,
// undo, history, OpenAPI and the shared tests follow.
import { Failure } from '../../model/failure.ts'
import { archive, restore } from './archive.ts'
import { assign } from './assign.ts'
import { changeStatus } from './change-status.ts'
import { clearSkip } from './clear-skip.ts'
import { importAnnotations } from './import-annotations.ts'
import type { Operation } from './operation.ts'
import { setBatch } from './set-batch.ts'
import { setPriority } from './set-priority.ts'
import { setSplit } from './set-split.ts'
import { undo } from './undo.ts'

export const OPERATIONS: readonly Operation[] = [
  changeStatus,
  setSplit,
  clearSkip,
  assign,
  setPriority,
  setBatch,
  archive,
  restore,
  importAnnotations,
  undo,
]

/** Any operation, also those that the server runs itself. @throws Failure invalid_input */
export function operationNamed(name: string): Operation {
  return named(name, OPERATIONS)
}

/** What a person may ask for by name. The others are reached by their own roads only, which check more (undo, an import). @throws Failure invalid_input */
export function operationOfMenu(name: string): Operation {
  return named(
    name,
    OPERATIONS.filter((o) => o.in_menu),
  )
}

function named(name: string, among: readonly Operation[]): Operation {
  const operation = among.find((o) => o.name === name)
  if (!operation)
    throw new Failure(
      'invalid_input',
      `name: there is no operation “${name}”. Use one of ${OPERATIONS.filter((o) => o.in_menu)
        .map((o) => o.name)
        .join(', ')}.`,
    )
  return operation
}
