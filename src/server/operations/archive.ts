// Archive and restore: an archived task is out of every list, count and queue until it is restored.
import { type Static, Type } from 'typebox'
import { Fields } from '../../model/schema.ts'
import { UNCHANGED } from '../../model/task.ts'
import { interrupting, OpenChoiceSchema } from './open-tasks.ts'
import { defineOperation } from './operation.ts'

const ArchiveParams = Fields({ open: Type.Optional(OpenChoiceSchema) })

export const archive = defineOperation<Static<typeof ArchiveParams>>({
  name: 'archive',
  title: 'Archive',
  params: ArchiveParams,
  in_menu: true,
  decide: (task, params) =>
    task.is_archived ? UNCHANGED : interrupting(task, params.open, { is_archived: true }, [{ kind: 'archived' }]),
})

export const restore = defineOperation<Record<string, never>>({
  name: 'restore',
  title: 'Restore',
  params: Fields({}),
  in_menu: true,
  decide: (task) =>
    task.is_archived
      ? { outcome: 'applied', patch: { is_archived: false }, events: [{ kind: 'restored' }] }
      : UNCHANGED,
})
