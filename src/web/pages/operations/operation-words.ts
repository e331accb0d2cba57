// What an operation was asked to do, in words, from its name and parameters. Pure.
import type { TFunction } from 'i18next'
import { formatNumber } from '../../format.ts'

export type OperationNames = {
  stage: (id: number) => string | undefined
  person: (id: number) => string | undefined
  batch: (id: number) => string | undefined
}
type Params = Record<string, unknown>
type Write = (params: Params, names: OperationNames, t: TFunction) => (string | null | false | undefined)[]

const CLEANUPS = ['remove_annotations', 'remove_assignees', 'remove_history', 'remove_duration'] as const

const WORDS: Record<string, Write> = {
  'change-status': (p, names, t) => [
    t('operations.words.to_stage', { stage: names.stage(Number(p.stage_id)) ?? `#${String(p.stage_id)}` }),
    ...CLEANUPS.map((c) => p[c] === true && t(`operations.words.${c}`)),
    p.clear_skip === true && t('operations.words.clear_skip'),
    takeOver(p, t),
    typeof p.comment === 'string' && p.comment !== '' && `“${p.comment}”`,
  ],
  'set-split': (p, _names, t) =>
    p.kind === 'auto'
      ? auto(p, t)
      : [
          t('operations.words.to', { value: String(p.split ?? t('tasks.filter.none')) }),
          p.override_locked === true && t('operations.words.override_locked'),
          p.lock === true && t('operations.words.lock'),
          p.lock === false && t('operations.words.unlock'),
        ],
  'clear-skip': (p, names, t) => [
    p.to === 'person'
      ? t('operations.words.to_person', { person: names.person(Number(p.person_id)) ?? `#${String(p.person_id)}` })
      : t(p.to === 'skipper' ? 'operations.words.to_skipper' : 'operations.words.to_pool'),
  ],
  assign: (p, names, t) => [
    ...(Array.isArray(p.people)
      ? dealt(p.people as { person_id: number; weight?: number }[], names, t)
      : [
          p.person_id == null
            ? t('operations.words.to_nobody')
            : t('operations.words.to_person', {
                person: names.person(Number(p.person_id)) ?? `#${String(p.person_id)}`,
              }),
        ]),
    takeOver(p, t),
  ],
  'set-priority': (p, _names, t) => [t('operations.words.to', { value: formatNumber(Number(p.priority)) })],
  'set-batch': (p, names, t) => [
    t('operations.words.to', {
      value:
        p.batch_id == null ? t('tasks.filter.none') : (names.batch(Number(p.batch_id)) ?? `#${String(p.batch_id)}`),
    }),
  ],
  archive: (p, _names, t) => [takeOver(p, t)],
  restore: () => [],
  undo: (p, _names, t) => [t('operations.words.undoes', { id: Number(p.operation_id) })],
  'import-annotations': (p, _names, t) => [
    p.import_id != null && t('operations.words.import', { id: Number(p.import_id) }),
  ],
}

const takeOver = (p: Params, t: TFunction) => p.open === 'take_over' && t('operations.words.take_over')

/** “evenly to Ann, Ben”, “by weights to Ann 60 %, Ben 40 %” */
function dealt(people: readonly { person_id: number; weight?: number }[], names: OperationNames, t: TFunction) {
  const list = people.map(({ person_id, weight }) => {
    const name = names.person(person_id) ?? `#${person_id}`
    return weight === undefined ? name : `${name} ${formatNumber(weight)} %`
  })
  const isWeighted = people.some((p) => p.weight !== undefined)
  return [t(isWeighted ? 'operations.words.by_weights' : 'operations.words.evenly', { people: list.join(', ') })]
}

/** “batch”, “metadata patient”, “name ^(video\\d+)_” */
const choice = (of: { by?: unknown; key?: unknown; pattern?: unknown }) =>
  [of.by, of.key, of.pattern].filter((part) => part !== undefined).join(' ')

function auto(p: Params, t: TFunction): (string | false)[] {
  const percents = (p.percents ?? {}) as Record<string, number>
  const share = (['train', 'validation', 'test'] as const).map((s) => String(percents[s] ?? 0)).join(' / ')
  const mode = p.mode === 'everything' || p.mode === 'keep_locked_and_manual' ? p.mode : 'unassigned'
  return [
    t('operations.words.auto', { share }),
    t(`operations.words.mode.${mode}`),
    p.group_by != null && t('operations.words.group_by', { by: choice(p.group_by) }),
    p.stratify_by != null && t('operations.words.stratify_by', { by: choice(p.stratify_by) }),
    p.base === 'overall' && t('operations.words.overall'),
    p.only_completed === true && t('operations.words.only_completed'),
    p.include_skipped === true && t('operations.words.include_skipped'),
    t('operations.words.seed', { seed: String(p.seed ?? '') }),
  ]
}

/** Parts in order, without the title; unknown operations tell their parameters as they are. */
export function operationWords(
  operation: { name: string; params: unknown },
  names: OperationNames,
  t: TFunction,
): string[] {
  const params = (typeof operation.params === 'object' && operation.params !== null ? operation.params : {}) as Params
  const write = Object.hasOwn(WORDS, operation.name) ? WORDS[operation.name] : undefined
  const parts = write
    ? write(params, names, t)
    : Object.entries(params).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return parts.filter((part): part is string => typeof part === 'string' && part !== '')
}
