// What can be chosen in a condition on a stage, person, split, batch, skip reason or class.
import type { TFunction } from 'i18next'
import type { LabelSchema } from '../../../../model/label-schema.ts'
import { SKIP_REASONS, SPLITS } from '../../../../model/task.ts'
import type { FilterType } from '../../../../model/task-fields.ts'
import type { Workflow } from '../../../../model/workflow.ts'
import type { Names } from './condition-words.ts'

export type Choice = { value: string | number | null; label: string; color?: string }
export type FilterContext = {
  workflow: Workflow
  people: readonly { id: number; name: string }[]
  batches: readonly { id: number; name: string }[]
  schema: LabelSchema | undefined
  names: Names
}

export function choicesFor(type: FilterType, context: FilterContext, t: TFunction): Choice[] {
  const named = (list: readonly { id: number; name: string }[]) =>
    list.map(({ id, name }): Choice => ({ value: id, label: name }))
  switch (type) {
    case 'stage':
      return named(context.workflow)
    case 'person':
    case 'people':
      return [{ value: null, label: t('tasks.filter.nobody') }, ...named(context.people)]
    case 'batch':
      return [{ value: null, label: t('tasks.filter.none') }, ...named(context.batches)]
    case 'split':
      return [{ value: null, label: t('tasks.filter.none') }, ...SPLITS.map((s): Choice => ({ value: s, label: s }))]
    case 'reason':
      return [
        { value: null, label: t('tasks.filter.none') },
        ...SKIP_REASONS.map((r): Choice => ({ value: r, label: t(`tasks.skip_reason.${r}`) })),
      ]
    case 'classes':
      return (context.schema?.classes ?? []).map((c): Choice => ({ value: c.id, label: c.name, color: c.color }))
    default:
      return []
  }
}
