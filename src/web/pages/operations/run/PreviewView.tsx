// What would happen, in numbers: outcomes, moves, losses in red, who is working on some of them, warnings.
import { Radio, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowNarrowRight, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Split } from '../../../../model/task.ts'
import type { Workflow } from '../../../../model/workflow.ts'
import { formatDuration, formatNumber } from '../../../format.ts'
import { PersonName } from '../../../ui/PersonAvatar.tsx'
import { SplitBadge } from '../../../ui/SplitBadge.tsx'
import { StageBadge } from '../../../ui/StageBadge.tsx'
import type { OperationNames } from '../operation-words.ts'
import type { Preview } from './forms/form.ts'
import { PlanReport } from './PlanReport.tsx'
import classes from './run.module.css'

type Props = {
  preview: Preview
  workflow: Workflow
  isStatusChange: boolean
  names: OperationNames
  canTakeOver: boolean
  open: string | undefined
  onOpen: (choice: 'leave_out' | 'take_over') => void
}

export function PreviewView({ preview, workflow, isStatusChange, names, canTakeOver, open, onOpen }: Props) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <dl className={classes.outcomes}>
        <Figure name={t('operations.run.will_change')} value={preview.applied} />
        {preview.unchanged > 0 && <Figure name={t('operations.run.unchanged')} value={preview.unchanged} />}
        {preview.refused > 0 && <Figure name={t('operations.run.refused')} value={preview.refused} />}
      </dl>
      {preview.refusals.length > 0 && (
        <ul className={classes.refusals}>
          {preview.refusals.map((r) => (
            <li key={r.reason}>
              {formatNumber(r.total)} · {t(`operations.refusal.${r.reason}`)}
            </li>
          ))}
        </ul>
      )}
      <Moves preview={preview} workflow={workflow} isStatusChange={isStatusChange} />
      <Changes preview={preview} names={names} />
      {preview.plan && <PlanReport report={preview.plan} personName={names.person} />}
      <Losses loses={preview.loses} />
      {preview.open.length > 0 && (
        <OpenNow preview={preview} canTakeOver={canTakeOver} choice={open} onChoose={onOpen} />
      )}
      <Warnings preview={preview} isStatusChange={isStatusChange} />
    </Stack>
  )
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  )
}

/** From → to, in the order of the workflow or of the splits. */
function Moves({
  preview,
  workflow,
  isStatusChange,
}: {
  preview: Preview
  workflow: Workflow
  isStatusChange: boolean
}) {
  const { t } = useTranslation()
  const place = (id: number) => workflow.findIndex((s) => s.id === id)
  const stage = (id: number) => {
    const s = workflow.find((w) => w.id === id)
    return s ? <StageBadge kind={s.kind} name={s.name} /> : `#${id}`
  }
  const split = (s: Split | null) =>
    s ? <SplitBadge split={s} /> : <span className={classes.quiet}>{t('operations.run.none')}</span>
  const staying = isStatusChange ? preview.applied - preview.moves.reduce((sum, m) => sum + m.total, 0) : 0
  const moves = [...preview.moves].sort((a, b) => place(a.from_stage_id) - place(b.from_stage_id))
  const splits = [...preview.splits].sort((a, b) => rank(a.after) - rank(b.after) || rank(a.before) - rank(b.before))
  return (
    <>
      {moves.length > 0 && (
        <FromTo
          title={t('operations.run.moves')}
          rows={moves.map((m) => ({
            key: `${m.from_stage_id} ${m.to_stage_id}`,
            from: stage(m.from_stage_id),
            to: stage(m.to_stage_id),
            total: m.total,
          }))}
        />
      )}
      {staying > 0 && (
        <Text size="xs" c="dimmed">
          {t('operations.run.staying', { count: staying })}
        </Text>
      )}
      {splits.length > 0 && (
        <FromTo
          title={t('operations.run.splits')}
          rows={splits.map((s) => ({
            key: `${s.before} ${s.after}`,
            from: split(s.before),
            to: split(s.after),
            total: s.total,
          }))}
        />
      )}
    </>
  )
}

/** From → to of what is set besides status and split. */
function Changes({ preview, names }: { preview: Preview; names: OperationNames }) {
  const { t } = useTranslation()
  const [first] = preview.changes
  if (!first) return null
  const value = (column: typeof first.column, it: number | null) => {
    if (column === 'priority') return String(it)
    if (it === null)
      return (
        <span className={classes.quiet}>{t(`operations.run.${column === 'batch_id' ? 'no_batch' : 'nobody'}`)}</span>
      )
    if (column === 'batch_id') return names.batch(it) ?? `#${it}`
    return <PersonName id={it} name={names.person(it) ?? `#${it}`} />
  }
  return (
    <>
      <FromTo
        title={t(`operations.run.changes.${first.column}`)}
        rows={preview.changes.map(({ column, before, after, total }) => ({
          key: `${column} ${before} ${after}`,
          from: value(column, before),
          to: value(column, after),
          total,
        }))}
      />
      {preview.other_changes > 0 && (
        <Text size="xs" c="dimmed">
          {t('operations.run.other_changes', { count: preview.other_changes })}
        </Text>
      )}
    </>
  )
}

const rank = (s: Split | null): number => (s === null ? 9 : ['train', 'validation', 'test'].indexOf(s))

function FromTo({
  title,
  rows,
}: {
  title: string
  rows: { key: string; from: ReactNode; to: ReactNode; total: number }[]
}) {
  return (
    <table className={classes.moves} aria-label={title}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>{row.from}</td>
            <td>
              <IconArrowNarrowRight size={14} aria-label="→" />
            </td>
            <td>{row.to}</td>
            <td>{formatNumber(row.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Losses({ loses }: { loses: Preview['loses'] }) {
  const { t } = useTranslation()
  const lines = [
    loses.objects > 0 && t('operations.run.lost_objects', { count: loses.objects }),
    loses.image_values > 0 && t('operations.run.lost_values', { count: loses.image_values }),
    loses.assignees > 0 && t('operations.run.lost_assignees', { count: loses.assignees }),
    loses.events > 0 && t('operations.run.lost_events', { count: loses.events }),
    loses.duration_ms > 0 && t('operations.run.lost_duration', { time: formatDuration(loses.duration_ms) }),
  ].filter((line) => line !== false)
  if (lines.length === 0) return null
  return (
    <div className={classes.losses}>
      <Text fw={600}>{t('operations.run.lost')}</Text>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Text size="xs">{t('operations.run.undo_hint')}</Text>
    </div>
  )
}

function OpenNow({
  preview,
  canTakeOver,
  choice,
  onChoose,
}: {
  preview: Preview
  canTakeOver: boolean
  choice: string | undefined
  onChoose: (choice: 'leave_out' | 'take_over') => void
}) {
  const { t } = useTranslation()
  const count = preview.open.reduce((sum, o) => sum + o.total, 0)
  return (
    <div className={classes.openNow}>
      <Text fw={500}>{t('operations.run.open_title', { count })}</Text>
      <ul>
        {preview.open.map((o) => (
          <li key={o.person_id}>
            <PersonName
              id={o.person_id}
              name={o.name}
              text={t('operations.run.open_count', { name: o.name, count: o.total })}
            />
          </li>
        ))}
      </ul>
      {canTakeOver ? (
        <Radio.Group
          mt={8}
          aria-label={t('operations.run.open_label')}
          value={choice ?? 'leave_out'}
          onChange={(value) => onChoose(value as 'leave_out' | 'take_over')}
        >
          <Stack gap={6}>
            <Radio
              value="leave_out"
              label={t('operations.run.leave_out')}
              description={t('operations.run.leave_out_text')}
            />
            <Radio
              value="take_over"
              label={t('operations.run.take_over')}
              description={t('operations.run.take_over_text')}
            />
          </Stack>
        </Radio.Group>
      ) : (
        <Text size="xs" c="dimmed" mt={6}>
          {t('operations.run.open_goes_on')}
        </Text>
      )}
    </div>
  )
}

function Warnings({ preview, isStatusChange }: { preview: Preview; isStatusChange: boolean }) {
  const { t } = useTranslation()
  const leaks = preview.splits.reduce((sum, s) => sum + (s.before && s.after && s.before !== s.after ? s.total : 0), 0)
  const warnings = [
    preview.without_objects > 0 && t('operations.run.without_objects', { count: preview.without_objects }),
    isStatusChange && preview.completed > 0 && t('operations.run.completed', { count: preview.completed }),
    leaks > 0 && t('operations.run.leak', { count: leaks }),
  ].filter((line) => line !== false)
  const notes = [
    isStatusChange && preview.skipped > 0 && t('operations.run.skipped', { count: preview.skipped }),
    isStatusChange && preview.exported > 0 && t('operations.run.exported', { count: preview.exported }),
  ].filter((line) => line !== false)
  if (warnings.length + notes.length === 0) return null
  return (
    <ul className={classes.notes}>
      {warnings.map((line) => (
        <li key={line} data-warning>
          <IconAlertTriangle size={14} aria-hidden />
          {line}
        </li>
      ))}
      {notes.map((line) => (
        <li key={line}>
          <IconInfoCircle size={14} aria-hidden />
          {line}
        </li>
      ))}
    </ul>
  )
}
