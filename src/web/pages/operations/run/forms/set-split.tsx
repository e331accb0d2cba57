// Set split: by hand, or Auto split with percents and a seed.
import { Checkbox, Radio, SegmentedControl, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  choiceProblem,
  DEFAULT_PERCENTS,
  type GroupBy,
  type Percents,
  percentsProblem,
  type StratifyBy,
} from '../../../../../model/split.ts'
import { SPLITS } from '../../../../../model/task.ts'
import { SplitBadge } from '../../../../ui/SplitBadge.tsx'
import { isWhole, randomToken } from '../percents.ts'
import { AutoSplit } from './AutoSplit.tsx'
import { Field } from './Field.tsx'
import type { FormProps, OperationForm, Params } from './form.ts'
import { LOCKS, type Lock, lockOf, withLock } from './split-lock.ts'

const autoParams = (): Params => ({
  kind: 'auto',
  percents: DEFAULT_PERCENTS,
  seed: randomToken(),
  mode: 'unassigned',
  base: 'new',
})
const manualParams = (): Params => ({ kind: 'manual' })
const percentsOf = (params: Params): Percents => params.percents as Percents
const share = (p: Percents): string => SPLITS.map((s) => (Number.isFinite(p[s]) ? p[s] : '–')).join(' / ')

export const setSplitForm: OperationForm = {
  initial: autoParams,
  Form: SetSplitForm,
  problem: (params, t) => {
    if (params.kind === 'manual') return params.split === undefined ? t('operations.run.choose_split') : null
    if (!isWhole(percentsOf(params))) return t('operations.run.percent_missing')
    if (String(params.seed ?? '').trim() === '') return t('operations.run.seed_missing')
    const choices = [params.group_by as GroupBy | undefined, params.stratify_by as StratifyBy | undefined]
    return choices.reduce<string | null>(
      (problem, choice) => problem ?? (choice ? choiceProblem(choice) : null),
      percentsProblem(percentsOf(params)),
    )
  },
  what: (params, count, _context, t) => {
    if (params.kind === 'auto') return t('operations.run.what.auto-split', { count, share: share(percentsOf(params)) })
    if (params.split === undefined) return t('operations.run.what.set-split-open', { count })
    return params.split === null
      ? t('operations.run.what.set-split-none', { count })
      : t('operations.run.what.set-split', { count, split: String(params.split) })
  },
  act: (_params, count, t) => t('operations.run.act.split', { count }),
  canTakeOver: false,
}

function SetSplitForm(props: FormProps) {
  const { t } = useTranslation()
  const { params, onChange, onSelection } = props
  const choose = (kind: string) => {
    // Only an earlier run of Auto split brings its own tasks along.
    onSelection(null)
    onChange(kind === 'auto' ? autoParams() : manualParams())
  }
  return (
    <Stack gap="md">
      <SegmentedControl
        fullWidth
        aria-label={t('operations.run.split_way')}
        value={String(params.kind)}
        onChange={choose}
        data={[
          { value: 'auto', label: t('operations.run.auto') },
          { value: 'manual', label: t('operations.run.manual') },
        ]}
      />
      {params.kind === 'auto' ? <AutoSplit {...props} /> : <ManualSplit {...props} />}
    </Stack>
  )
}

function ManualSplit({ params, onChange, preview }: FormProps) {
  const { t } = useTranslation()
  const [isOverriding, setOverriding] = useState(params.override_locked === true)
  const locked = preview?.refusals.find((r) => r.reason === 'split_locked')?.total ?? 0
  return (
    <>
      <Radio.Group
        aria-label={t('operations.run.split')}
        value={params.split === undefined ? '' : String(params.split)}
        onChange={(value) => onChange({ ...params, split: value === 'null' ? null : value })}
      >
        <Stack gap={6}>
          {SPLITS.map((s) => (
            <Radio key={s} value={s} label={<SplitBadge split={s} />} />
          ))}
          <Radio value="null" label={t('operations.run.none')} />
        </Stack>
      </Radio.Group>
      {(locked > 0 || params.override_locked === true) && (
        <Checkbox
          checked={params.override_locked === true}
          label={t('operations.run.override_locked')}
          onChange={(e) => {
            setOverriding(e.currentTarget.checked)
            onChange({ ...params, override_locked: e.currentTarget.checked })
          }}
        />
      )}
      {typeof params.split === 'string' && (
        <Field label={t('operations.run.lock')}>
          <Radio.Group
            aria-label={t('operations.run.lock')}
            value={lockOf(params)}
            onChange={(lock) => onChange(withLock(params, lock as Lock, isOverriding))}
          >
            <Stack gap={6}>
              {LOCKS.map((lock) => (
                <Radio key={lock} value={lock} label={t(`operations.run.locks.${lock}`)} />
              ))}
            </Stack>
          </Radio.Group>
        </Field>
      )}
    </>
  )
}
