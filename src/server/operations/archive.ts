// Archive and restore: an archived task is out of every list, count and queue until it is restored.
import { Type } from 'typebox'
import { Fields } from '../../model/schema.ts'
import { UNCHANGED } from '../../model/task.ts'
import { interrupting, OpenChoiceSchema } from './open-tasks.ts'
import { defineOperation } from './operation.ts'

const ArchiveParams = Fields({ open: Type.Optional(OpenChoiceSchema) })

export const archive = defineOperation(ArchiveParams, ['is_archived'], {
  name: 'archive',
  title: 'Archive',
  in_menu: true,
  decide: (task, params) =>
    task.is_archived ? UNCHANGED : interrupting(task, params.open, { is_archived: true }, [{ kind: 'archived' }]),
})

export const restore = defineOperation(Fields({}), ['is_archived'], {
  name: 'restore',
  title: 'Restore',
  in_menu: true,
  decide: (task) =>
    task.is_archived
      ? { outcome: 'applied', patch: { is_archived: false }, events: [{ kind: 'restored' }] }
      : UNCHANGED,
})
