// Auto split: percents, seed, which tasks, what stays together, what is held in proportion, and earlier runs.
import { ActionIcon, Checkbox, Group, NumberInput, Radio, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { IconDice5 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  AUTO_SPLIT_MODES,
  type GroupBy,
  type Percents,
  percentsProblem,
  type StratifyBy,
} from '../../../../../model/split.ts'
import { SPLITS } from '../../../../../model/task.ts'
import { lazyPart } from '../../../../ui/lazy-part.tsx'
import { SplitBadge } from '../../../../ui/SplitBadge.tsx'
import { isWhole, randomToken, withPercent } from '../percents.ts'
import { SharePicture } from '../SharePicture.tsx'
import { Field } from './Field.tsx'
import type { FormProps, Params } from './form.ts'
import { GroupByField, StratifyByField } from './SplitChoices.tsx'

const EarlierRuns = lazyPart(() => import('./EarlierRuns.tsx'))

export function AutoSplit(props: FormProps) {
  const { t } = useTranslation()
  const { params, onChange, preview } = props
  const set = (part: Params) => onChange({ ...params, ...part })
  const planned = preview?.plan?.kind === 'split' ? preview.plan.planned : preview?.applied
  return (
    <>
      <PercentFields
        percents={params.percents as Percents}
        planned={planned}
        onChange={(percents) => set({ percents })}
      />
      <TextInput
        label={t('operations.run.seed')}
        description={t('operations.run.seed_hint')}
        maxLength={100}
        value={String(params.seed ?? '')}
        onChange={(e) => set({ seed: e.currentTarget.value })}
        rightSection={
          <Tooltip label={t('operations.run.reroll')}>
            <ActionIcon aria-label={t('operations.run.reroll')} onClick={() => set({ seed: randomToken() })}>
              <IconDice5 size={16} />
            </ActionIcon>
          </Tooltip>
        }
      />
      <Field label={t('operations.run.mode')}>
        <Radio.Group
          aria-label={t('operations.run.mode')}
          value={String(params.mode)}
          onChange={(mode) => set({ mode })}
        >
          <Stack gap={6}>
            {AUTO_SPLIT_MODES.map((mode) => (
              <Radio key={mode} value={mode} label={t(`operations.run.modes.${mode}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </Field>
      <Stack gap={6}>
        <Checkbox
          checked={params.only_completed === true}
          label={t('operations.run.only_completed')}
          onChange={(e) => set({ only_completed: e.currentTarget.checked })}
        />
        <Checkbox
          checked={params.include_skipped === true}
          label={t('operations.run.include_skipped')}
          onChange={(e) => set({ include_skipped: e.currentTarget.checked })}
        />
      </Stack>
      <GroupByField value={params.group_by as GroupBy | undefined} onChange={(group_by) => set({ group_by })} />
      <StratifyByField
        value={params.stratify_by as StratifyBy | undefined}
        onChange={(stratify_by) => set({ stratify_by })}
      />
      <Select
        label={t('operations.run.base')}
        allowDeselect={false}
        value={String(params.base)}
        onChange={(base) => set({ base })}
        data={(['new', 'overall'] as const).map((value) => ({ value, label: t(`operations.run.bases.${value}`) }))}
      />
      <EarlierRuns {...props} />
    </>
  )
}

type PercentProps = {
  percents: Percents
  /** Tasks that are given a split, once the preview knows. */
  planned: number | undefined
  onChange: (percents: Percents) => void
}

function PercentFields({ percents, planned, onChange }: PercentProps) {
  const { t } = useTranslation()
  const problem = isWhole(percents) ? percentsProblem(percents) : t('operations.run.percent_missing')
  const sum = SPLITS.reduce((total, s) => total + (Number.isFinite(percents[s]) ? percents[s] : 0), 0)
  return (
    <Field label={t('operations.run.percents')}>
      <Stack gap={8}>
        <Group gap={8} grow wrap="nowrap" align="flex-start">
          {SPLITS.map((split) => (
            <NumberInput
              key={split}
              label={<SplitBadge split={split} />}
              aria-label={t('operations.run.percent_of', { split })}
              suffix=" %"
              min={0}
              max={100}
              clampBehavior="none"
              decimalScale={2}
              allowNegative={false}
              value={Number.isFinite(percents[split]) ? percents[split] : ''}
              error={problem !== null}
              onChange={(value) => onChange(withPercent(percents, split, value === '' ? Number.NaN : Number(value)))}
            />
          ))}
        </Group>
        <SharePicture percents={percents} planned={problem ? undefined : planned} />
        {problem ? (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        ) : (
          <Text size="xs" c="dimmed">
            {t('operations.run.sum', { sum: Number(sum.toFixed(6)) })}
          </Text>
        )}
      </Stack>
    </Field>
  )
}
