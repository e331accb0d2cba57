// Set split: by hand, or Auto split with percents and a seed.
import {
  ActionIcon,
  Checkbox,
  Group,
  NumberInput,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconDice5 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { AUTO_SPLIT_MODES, DEFAULT_PERCENTS, type Percents, percentsProblem } from '../../../../../model/split.ts'
import { SPLITS } from '../../../../../model/task.ts'
import { SplitBadge } from '../../../../ui/SplitBadge.tsx'
import { isWhole, randomToken, withPercent } from '../percents.ts'
import { Field } from './Field.tsx'
import type { FormProps, OperationForm, Params } from './form.ts'

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
    return (
      percentsProblem(percentsOf(params)) ??
      (String(params.seed ?? '').trim() === '' ? t('operations.run.seed_missing') : null)
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
  const { params, onChange } = props
  return (
    <Stack gap="md">
      <SegmentedControl
        fullWidth
        aria-label={t('operations.run.split_way')}
        value={String(params.kind)}
        onChange={(kind) => onChange(kind === 'auto' ? autoParams() : manualParams())}
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
          onChange={(e) => onChange({ ...params, override_locked: e.currentTarget.checked })}
        />
      )}
      {typeof params.split === 'string' && (
        <Checkbox
          checked={params.lock === true}
          label={t('operations.run.lock')}
          onChange={(e) => onChange({ ...params, lock: e.currentTarget.checked ? true : undefined })}
        />
      )}
    </>
  )
}

function AutoSplit({ params, onChange }: FormProps) {
  const { t } = useTranslation()
  const set = (part: Params) => onChange({ ...params, ...part })
  const percents = percentsOf(params)
  const problem = isWhole(percents) ? percentsProblem(percents) : t('operations.run.percent_missing')
  return (
    <>
      <Field label={t('operations.run.percents')}>
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
              onChange={(value) =>
                set({ percents: withPercent(percents, split, value === '' ? Number.NaN : Number(value)) })
              }
            />
          ))}
        </Group>
        {problem && (
          <Text size="xs" c="var(--mantine-color-error)" mt={4} role="alert">
            {problem}
          </Text>
        )}
      </Field>
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
      <Select
        label={t('operations.run.base')}
        value={String(params.base)}
        onChange={(base) => set({ base })}
        data={(['new', 'overall'] as const).map((value) => ({ value, label: t(`operations.run.bases.${value}`) }))}
      />
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
    </>
  )
}
