// What is compared with what, and a legend that counts and walks through the differences.
import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconArrowsDiff, IconX } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { type RefObject, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../../editor/editor.ts'
import { COMPARE_SIGNS } from '../../../../editor/view/draw-compare.ts'
import { useEditor } from '../../../../editor/view/use-editor.ts'
import { differenceCount } from '../../../../model/compare.ts'
import { shapeBounds } from '../../../../model/shapes/index.ts'
import { formatAge, formatNumber } from '../../../format.ts'
import { useNow } from '../../../ui/Age.tsx'
import { Hint } from '../Hint.tsx'
import barClasses from '../label.module.css'
import { WORK_KEYS } from '../work-keys.ts'
import { type Difference, type DifferenceKind, differencesOf, stepTo } from './differences.ts'
import classes from './review.module.css'
import type { Compare } from './use-compare.ts'
import { type Review, showPlace } from './use-review.ts'

const KINDS = ['added', 'changed', 'removed'] as const satisfies readonly DifferenceKind[]

type Props = { compare: Compare; review: Review; editor: Editor; step: RefObject<((by: 1 | -1) => void) | null> }

export function CompareBar({ compare, review, editor, step }: Props) {
  const { t } = useTranslation()
  const { comparison, base, error } = compare
  const list = useMemo(() => (comparison ? differencesOf(comparison) : []), [comparison])
  const chosen = list.find((d) => d.object.id === review.desk.difference) ?? null
  const go = (by: 1 | -1, kind?: DifferenceKind) => {
    const next = stepTo(list, review.desk.difference, by, kind)
    if (!next) return
    review.set({ difference: next.object.id })
    showPlace(editor, shapeBounds(next.object.shape))
  }
  // The keys of the page step through the differences while this bar is there.
  useEffect(() => {
    step.current = go
    return () => {
      step.current = null
    }
  })
  return (
    <section className={barClasses.bar} data-kind="compare" aria-label={t('review.compare.label')}>
      <IconArrowsDiff size={16} aria-hidden />
      {comparison && (
        <>
          <span className={classes.legend}>
            {KINDS.map((kind) => {
              const count = comparison[kind].length
              return (
                <Hint key={kind} label={t(`review.compare.${kind}_tip`)} keys={WORK_KEYS.next_place}>
                  <button
                    type="button"
                    className={classes.legendKey}
                    data-kind={kind}
                    disabled={count === 0}
                    onClick={() => go(1, kind)}
                  >
                    <span className={classes.sign} aria-hidden>
                      {COMPARE_SIGNS[kind]}
                    </span>
                    {t(`review.compare.${kind}`, { count })}
                  </button>
                </Hint>
              )
            })}
            <span className={classes.quiet}>
              {t('review.compare.unchanged', { count: comparison.unchanged_count })}
            </span>
            {comparison.globals && <span className={classes.globals}>{t('review.compare.globals')}</span>}
          </span>
          <span className={classes.difference} role="status">
            {differenceCount(comparison) === 0 ? (
              t('review.compare.same')
            ) : (
              <Looked difference={chosen} at={chosen ? list.indexOf(chosen) + 1 : 0} of={list.length} editor={editor} />
            )}
          </span>
        </>
      )}
      {!comparison && (
        <span className={classes.difference}>
          {error
            ? t('review.compare.failed')
            : compare.revisions && !base
              ? t('review.compare.nothing')
              : t('review.compare.loading')}
        </span>
      )}
      <BaseSelect compare={compare} />
      <Hint label={t('review.compare.close')} keys={WORK_KEYS.compare}>
        <ActionIcon
          aria-label={t('review.compare.close')}
          onClick={() => review.set({ isComparing: false, difference: null })}
        >
          <IconX size={16} />
        </ActionIcon>
      </Hint>
    </section>
  )
}

function Looked({
  difference,
  at,
  of,
  editor,
}: {
  difference: Difference | null
  at: number
  of: number
  editor: Editor
}) {
  const { t } = useTranslation()
  const schema = useEditor(editor, (s) => s.schema)
  if (!difference) return null
  const nameOf = (id: number | undefined) => schema.classes.find((c) => c.id === id)?.name ?? '?'
  const name = nameOf(difference.object.class_id)
  const what = difference.parts
    .map((part) => t(`review.compare.part.${part}`, { was: nameOf(difference.class_before) }))
    .join(', ')
  return (
    <>
      {t(what ? 'review.compare.looked_parts' : 'review.compare.looked', {
        at: formatNumber(at),
        of: formatNumber(of),
        name,
        what,
      })}
    </>
  )
}

const EMPTY = 'none'

function BaseSelect({ compare: { revisions, base, choose } }: { compare: Compare }) {
  const { t } = useTranslation()
  const now = useNow()
  const options = useMemo(() => (revisions ? optionsOf(revisions, now, t) : []), [revisions, now, t])
  if (options.length === 0) return null
  return (
    <NativeSelect
      size="xs"
      className={classes.base}
      aria-label={t('review.compare.with')}
      title={t('review.compare.with')}
      value={base ? String(base.revision_id ?? EMPTY) : ''}
      onChange={(event) => choose(event.currentTarget.value === EMPTY ? null : Number(event.currentTarget.value))}
      data={[...(base ? [] : [{ value: '', label: t('review.compare.choose'), disabled: true }]), ...options]}
    />
  )
}

/** Revisions by the last step taken on them; those without a step by who saved them. */
function optionsOf({ revisions, steps, people }: NonNullable<Compare['revisions']>, now: number, t: TFunction) {
  const nameOf = (id: number | null) => people.find((p) => p.id === id)?.name ?? t('review.compare.import')
  const options = revisions.map((r) => {
    const step = steps.findLast((s) => s.revision_id === r.id)
    const by = { name: nameOf(step ? step.person_id : r.author_id), age: formatAge(step?.at ?? r.created_at, now) }
    const count = formatNumber(r.object_count)
    return { value: String(r.id), label: t(`review.compare.base.${step?.kind ?? 'saved'}`, { ...by, n: count }) }
  })
  const empty = steps.find((s) => s.revision_id === null)
  return empty ? [...options, { value: EMPTY, label: t('review.compare.base.empty') }] : options
}
