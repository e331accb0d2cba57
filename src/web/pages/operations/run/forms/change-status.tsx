// Change status: the stage, the presets, the four cleanups, the comment.
import { Checkbox, Radio, SegmentedControl, Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { StageBadge } from '../../../../ui/StageBadge.tsx'
import { Field } from './Field.tsx'
import type { FormProps, OperationForm, Params } from './form.ts'

const CLEANUPS = ['remove_annotations', 'remove_assignees', 'remove_history', 'remove_duration'] as const
type Cleanup = (typeof CLEANUPS)[number]

export const PRESETS = {
  rework: [],
  reassign: ['remove_assignees'],
  fresh_start: CLEANUPS,
} as const satisfies Record<string, readonly Cleanup[]>
export type Preset = keyof typeof PRESETS

const chosen = (params: Params): Cleanup[] => CLEANUPS.filter((c) => params[c] === true)

/** The preset whose cleanups are exactly these; null for a combination of one's own. */
export function presetOf(params: Params): Preset | null {
  const now = chosen(params).join()
  return (Object.keys(PRESETS) as Preset[]).find((name) => PRESETS[name].join() === now) ?? null
}

export function withPreset(params: Params, preset: Preset): Params {
  const on: readonly Cleanup[] = PRESETS[preset]
  return { ...params, ...Object.fromEntries(CLEANUPS.map((c) => [c, on.includes(c)])) }
}

/** Tasks already in the stage are cleaned, others are moved; the preview knows. */
export const changeStatusForm: OperationForm = {
  initial: ({ workflow }) => ({
    stage_id: (workflow.find((s) => s.kind === 'label') ?? workflow[0])?.id,
    ...Object.fromEntries(CLEANUPS.map((c) => [c, false])),
    open: 'leave_out',
  }),
  Form: ChangeStatusForm,
  problem: () => null,
  what: (params, count, { names }, t) =>
    t('operations.run.what.change-status', { count, stage: names.stage(Number(params.stage_id)) ?? '' }),
  act: (_params, count, t) => t('operations.run.act.move', { count }),
  uncounted: ['comment'],
  canTakeOver: true,
}

function ChangeStatusForm({ params, onChange, context, preview }: FormProps) {
  const { t } = useTranslation()
  const set = (part: Params) => onChange({ ...params, ...part })
  const preset = presetOf(params)
  return (
    <Stack gap="md">
      <Field label={t('operations.run.stage')}>
        <Radio.Group
          aria-label={t('operations.run.stage')}
          value={String(params.stage_id)}
          onChange={(id) => set({ stage_id: Number(id) })}
        >
          <Stack gap={6}>
            {context.workflow.map((stage, i) => (
              <Radio
                key={stage.id}
                value={String(stage.id)}
                data-autofocus={i === 1 || undefined}
                label={<StageBadge kind={stage.kind} name={stage.name} />}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Field>
      <Field label={t('operations.run.cleanups')}>
        <Stack gap={8}>
          <SegmentedControl
            fullWidth
            aria-label={t('operations.run.preset')}
            value={preset ?? ''}
            onChange={(value) => onChange(withPreset(params, value as Preset))}
            data={(Object.keys(PRESETS) as Preset[]).map((value) => ({ value, label: t(`operations.run.${value}`) }))}
          />
          {CLEANUPS.map((c) => (
            <Checkbox
              key={c}
              checked={params[c] === true}
              label={t(`operations.run.${c}`)}
              description={t(`operations.run.${c}_text`)}
              onChange={(e) => set({ [c]: e.currentTarget.checked })}
            />
          ))}
        </Stack>
      </Field>
      {((preview?.skipped ?? 0) > 0 || params.clear_skip === true) && (
        <Checkbox
          checked={params.clear_skip === true}
          label={t('operations.run.clear_skip')}
          description={t('operations.run.clear_skip_text')}
          onChange={(e) => set({ clear_skip: e.currentTarget.checked })}
        />
      )}
      <Textarea
        label={t('operations.run.comment')}
        placeholder={t('operations.run.comment_hint')}
        maxLength={5000}
        maxRows={6}
        value={String(params.comment ?? '')}
        onChange={(e) => set({ comment: e.currentTarget.value === '' ? undefined : e.currentTarget.value })}
      />
    </Stack>
  )
}
