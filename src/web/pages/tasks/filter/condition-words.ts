// A condition in words, for its chip: column, relation, value. Pure.
import type { TFunction } from 'i18next'
import { formatDuration } from '../../../../model/duration.ts'
import type { Condition } from '../../../../model/filter.ts'
import { TASK_FIELDS } from '../../../../model/task-fields.ts'
import { formatDay, formatMoment, formatNumber } from '../../../format.ts'

/** Names behind ids; undefined when unknown. */
export type Names = {
  stage: (id: number) => string | undefined
  person: (id: number) => string | undefined
  batch: (id: number) => string | undefined
  class: (id: number) => string | undefined
}
export type ConditionWords = { title: string; relation: string; value: string }

export function conditionWords(c: Condition, names: Names, t: TFunction): ConditionWords {
  const title = TASK_FIELDS[c.field].title
  const one = (value: unknown) => valueWords(c, value, names, t)
  const list = Array.isArray(c.value) ? c.value : []
  switch (c.op) {
    case 'equals':
      return { title, relation: t('tasks.filter.is'), value: one(c.value) }
    case 'any_of':
      return { title, relation: t('tasks.filter.is'), value: listWords(list.map(one), t) }
    case 'none_of':
      return { title, relation: t('tasks.filter.is_not'), value: listWords(list.map(one), t) }
    case 'contains':
      return { title, relation: t('tasks.filter.contains'), value: `“${String(c.value)}”` }
    case 'between':
      return { title, ...rangeWords(list[0] ?? null, list[1] ?? null, one, t) }
    case 'last_days':
      return {
        title,
        relation: t('tasks.filter.within'),
        value: t('tasks.filter.last_days', { count: Number(c.value) }),
      }
    case 'count_at_least':
      return {
        title,
        relation: t('tasks.filter.has_at_least'),
        value: `${formatNumber(Number(list[1]))} × ${one(list[0])}`,
      }
    case 'is_empty':
      return { title, relation: t('tasks.filter.is'), value: t('tasks.filter.empty') }
    case 'is_not_empty':
      return { title, relation: t('tasks.filter.is_not'), value: t('tasks.filter.empty') }
  }
}

function rangeWords(
  from: unknown,
  to: unknown,
  one: (v: unknown) => string,
  t: TFunction,
): Omit<ConditionWords, 'title'> {
  if (from === null && to === null) return { relation: t('tasks.filter.is'), value: t('tasks.filter.anything') }
  if (from === to) return { relation: t('tasks.filter.is'), value: one(from) }
  if (to === null) return { relation: '≥', value: one(from) }
  if (from === null) return { relation: '≤', value: one(to) }
  return { relation: t('tasks.filter.is'), value: `${one(from)} – ${one(to)}` }
}

/** Two are named, more are counted. */
function listWords(words: readonly string[], t: TFunction): string {
  if (words.length <= 2) return words.join(` ${t('tasks.filter.or')} `)
  return t('tasks.filter.more_values', { first: words[0] ?? '', count: words.length - 1 })
}

function valueWords(c: Condition, value: unknown, names: Names, t: TFunction): string {
  const { type } = TASK_FIELDS[c.field]
  if (value === null) return type === 'person' ? t('tasks.filter.nobody') : t('tasks.filter.none')
  const id = Number(value)
  switch (type) {
    case 'stage':
      return names.stage(id) ?? `#${id}`
    case 'person':
      return names.person(id) ?? `#${id}`
    case 'batch':
      return names.batch(id) ?? `#${id}`
    case 'classes':
      return names.class(id) ?? `#${id}`
    case 'duration':
      return formatDuration(id) === '–' ? '0s' : formatDuration(id)
    case 'number':
      return formatNumber(id)
    case 'moment':
      return momentWords(String(value))
    case 'flag':
      return value === true ? t('tasks.filter.yes') : t('tasks.filter.no')
    case 'reason':
      return t(`tasks.skip_reason.${value as 'ambiguous' | 'poor_image_quality' | 'other'}`)
    default:
      return String(value)
  }
}

/** A local midnight, or the last moment before one, is a day. */
function momentWords(moment: string): string {
  const at = new Date(moment)
  const [h, m, s] = [at.getHours(), at.getMinutes(), at.getSeconds()]
  const isDay = (h === 0 && m === 0 && s === 0) || (h === 23 && m === 59 && s === 59)
  return isDay ? formatDay(moment) : formatMoment(moment)
}
