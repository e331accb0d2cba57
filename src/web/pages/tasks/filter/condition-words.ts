// A condition in words, for its chip: column, relation, value. Pure.
import type { TFunction } from 'i18next'
import type { Condition } from '../../../../model/filter.ts'
import { FILTER_FIELDS } from '../../../../model/task-fields.ts'
import { formatDay, formatDuration, formatMoment, formatNumber } from '../../../format.ts'
import { dayAfter, dayBefore, isDayEnd, isDayStart } from './days.ts'

/** Names behind ids; undefined when unknown. */
export type Names = {
  stage: (id: number) => string | undefined
  person: (id: number) => string | undefined
  batch: (id: number) => string | undefined
  class: (id: number) => string | undefined
}
export type ConditionWords = { title: string; relation: string; value: string }
type Said = Omit<ConditionWords, 'title'>

export function conditionWords(c: Condition, names: Names, t: TFunction): ConditionWords {
  const { title, type } = FILTER_FIELDS[c.field]
  const list = Array.isArray(c.value) ? c.value : [c.value ?? null]
  const one = (value: unknown) => valueWords(c, value, names, t)
  if (type === 'metadata')
    return { title: `${title} ${String(list[0])}`, ...relationWords(c, list.slice(1), (v) => `“${String(v)}”`, t) }
  return { title, ...relationWords(c, list, one, t) }
}

function relationWords(c: Condition, list: readonly unknown[], one: (v: unknown) => string, t: TFunction): Said {
  switch (c.op) {
    case 'equals':
    case 'any_of':
      return { relation: t('tasks.filter.is'), value: listWords(list.map(one), t) }
    case 'none_of':
      return { relation: t('tasks.filter.is_not'), value: listWords(list.map(one), t) }
    case 'contains':
      return { relation: t('tasks.filter.contains'), value: `“${String(list[0])}”` }
    case 'between':
      return FILTER_FIELDS[c.field].type === 'moment'
        ? daysWords(list[0] as string | null, list[1] as string | null, t)
        : rangeWords(list[0] ?? null, list[1] ?? null, one, t)
    case 'last_days':
      return { relation: t('tasks.filter.within'), value: t('tasks.filter.last_days', { count: Number(c.value) }) }
    case 'count_at_least':
      return { relation: t('tasks.filter.has_at_least'), value: `${formatNumber(Number(list[1]))} × ${one(list[0])}` }
    case 'is_empty':
      return { relation: t('tasks.filter.is'), value: t('tasks.filter.empty') }
    case 'is_not_empty':
      return { relation: t('tasks.filter.is_not'), value: t('tasks.filter.empty') }
  }
}

function rangeWords(from: unknown, to: unknown, one: (v: unknown) => string, t: TFunction): Said {
  if (from === null && to === null) return { relation: t('tasks.filter.is'), value: t('tasks.filter.anything') }
  if (from === to) return { relation: t('tasks.filter.is'), value: one(from) }
  if (to === null) return { relation: '≥', value: one(from) }
  if (from === null) return { relation: '≤', value: one(to) }
  return { relation: t('tasks.filter.is'), value: `${one(from)} – ${one(to)}` }
}

/** Whole days are said as days: everything before the 24th ends with the last moment of the 23rd. */
function daysWords(from: string | null, to: string | null, t: TFunction): Said {
  if (from !== null && to === null && isDayStart(from))
    return { relation: t('tasks.filter.after'), value: formatDay(dayBefore(from)) }
  if (from === null && to !== null && isDayEnd(to))
    return { relation: t('tasks.filter.before'), value: formatDay(dayAfter(to)) }
  if (from !== null && to !== null && isDayStart(from) && isDayEnd(to) && formatDay(from) === formatDay(to))
    return { relation: t('tasks.filter.is'), value: formatDay(from) }
  return rangeWords(from, to, (v) => momentWords(String(v)), t)
}

const momentWords = (moment: string): string =>
  isDayStart(moment) || isDayEnd(moment) ? formatDay(moment) : formatMoment(moment)

/** Two are named, more are counted. */
function listWords(words: readonly string[], t: TFunction): string {
  if (words.length <= 2) return words.join(` ${t('tasks.filter.or')} `)
  return t('tasks.filter.more_values', { first: words[0] ?? '', count: words.length - 1 })
}

function valueWords(c: Condition, value: unknown, names: Names, t: TFunction): string {
  const { type } = FILTER_FIELDS[c.field]
  if (value === null) return t(type === 'person' || type === 'people' ? 'tasks.filter.nobody' : 'tasks.filter.none')
  const id = Number(value)
  switch (type) {
    case 'stage':
      return names.stage(id) ?? `#${id}`
    case 'person':
    case 'people':
      return names.person(id) ?? `#${id}`
    case 'batch':
      return names.batch(id) ?? `#${id}`
    case 'classes':
      return names.class(id) ?? `#${id}`
    case 'operation':
    case 'id':
      return `#${id}`
    case 'duration':
      return formatDuration(id) === '–' ? '0s' : formatDuration(id)
    case 'number':
      return formatNumber(id)
    case 'flag':
      return t(value === true ? 'tasks.filter.yes' : 'tasks.filter.no')
    case 'reason':
      return t(`tasks.skip_reason.${value as 'ambiguous' | 'poor_image_quality' | 'other'}`)
    case 'text':
      return `“${String(value)}”`
    default:
      return String(value)
  }
}
