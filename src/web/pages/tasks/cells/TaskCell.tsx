// The content of a cell, one entry per column.
import type { ReactNode, SyntheticEvent } from 'react'
import { urlOf } from '../../../../contract/client.ts'
import type { Task } from '../../../../contract/tasks.ts'
import type { TaskFieldName } from '../../../../model/task-fields.ts'
import { formatDuration, formatNumber } from '../../../format.ts'
import { Age } from '../../../ui/Age.tsx'
import { PersonAvatar } from '../../../ui/PersonAvatar.tsx'
import { splitColor } from '../../../ui/SplitBadge.tsx'
import { stageColor } from '../../../ui/StageBadge.tsx'
import { ClassesCell } from './ClassesCell.tsx'
import classes from './cells.module.css'
import { Glyph } from './Glyph.tsx'
import type { TableLook } from './look.ts'

type Draw = (task: Task, look: TableLook) => ReactNode

/** The cell itself shows a dash where it is empty. */
const none = null

export const DRAW: Record<TaskFieldName, Draw> = {
  thumbnail: (task, look) => <Thumbnail task={task} look={look} />,
  name: (task) => task.name,
  stage_id: (task, look) => <Status task={task} look={look} />,
  assignee_id: (task, look) => person(task.assignee_id, look),
  duration_ms: (task) => duration(task.duration_ms),
  object_count: (task) => formatNumber(task.object_count),
  split: (task, look) => split(task, look),
  priority: (task) => formatNumber(task.priority),
  batch_id: (task, look) => (task.batch_id === null ? none : look.batch(task.batch_id)),
  is_skipped: (task, look) => skipped(task, look),
  queued_at: (task) => age(task.queued_at),
  history: () => null,
  class_counts: (task, look) => <ClassesCell counts={task.class_counts} look={look} />,
  folder: (task) => task.folder || none,
  size: (task) => `${task.width} × ${task.height}`,
  is_open: (task, look) => (task.lease ? person(task.lease.person_id, look) : none),
  is_returned: (task, { t }) => (task.is_returned ? mark('returned', t('tasks.filter.yes')) : none),
  times_returned: (task) => formatNumber(task.times_returned),
  review_ms: (task) => duration(task.review_ms),
  labelled_by_id: (task, look) => person(task.labelled_by_id, look),
  reviewed_by_id: (task, look) => person(task.reviewed_by_id, look),
  skip_reason: (task, { t }) => (task.skip_reason === null ? none : t(`tasks.skip_reason.${task.skip_reason}`)),
  skipped_by_id: (task, look) => person(task.skipped_by_id, look),
  created_at: (task) => age(task.created_at),
  updated_at: (task) => age(task.updated_at),
  completed_at: (task) => age(task.completed_at),
  exported_at: (task) => age(task.exported_at),
  is_archived: (task, { t }) => (task.is_archived ? t('tasks.filter.yes') : none),
  id: (task) => String(task.id),
}

/** Cells of several parts that share the room; the others are one line of text, cut off at its end. */
export const OF_PARTS: ReadonlySet<TaskFieldName> = new Set(['thumbnail', 'is_skipped', 'history', 'class_counts'])

/** Columns whose zeros are no news. */
const COUNTS: ReadonlySet<TaskFieldName> = new Set(['object_count', 'priority', 'times_returned'])
export const isLow = (name: TaskFieldName, task: Task): boolean =>
  COUNTS.has(name) && task[name as 'object_count' | 'priority' | 'times_returned'] === 0

/** The whole text of a cell that may be cut off. */
export function titleOf(name: TaskFieldName, task: Task, look: TableLook): string | undefined {
  if (name === 'name' || name === 'folder') return task[name]
  return name === 'batch_id' && task.batch_id !== null ? look.batch(task.batch_id) : undefined
}

/** Columns in the writing of whoever named them, which may run from right to left: they are cut off at their own end. */
export const FREE_TEXT: ReadonlySet<TaskFieldName> = new Set(['name', 'folder', 'batch_id'])

/** Columns whose figures stand under one another. */
export const RIGHT_ALIGNED: ReadonlySet<TaskFieldName> = new Set<TaskFieldName>([
  'duration_ms', 'object_count', 'priority', 'times_returned', 'review_ms', 'id', 'size',
]) // biome-ignore format: one list

/** Columns that show more in a panel while the pointer or the focus rests on them. */
export const TIPS = {
  thumbnail: 'image',
  duration_ms: 'time',
  review_ms: 'time',
  class_counts: 'classes',
  is_skipped: 'skip',
} as const
export type TipKind = (typeof TIPS)[keyof typeof TIPS]
export const tipOf = (name: TaskFieldName): TipKind | undefined =>
  (TIPS as Partial<Record<TaskFieldName, TipKind>>)[name]

const age = (moment: string | null): ReactNode => (moment === null ? none : <Age moment={moment} />)
const duration = (ms: number): ReactNode => (ms === 0 ? none : formatDuration(ms))

function person(id: number | null, look: TableLook): ReactNode {
  if (id === null) return none
  const name = look.person(id)
  return (
    <>
      <PersonAvatar id={id} name={name} size={18} />
      {name}
    </>
  )
}

function split(task: Task, { t }: TableLook): ReactNode {
  if (task.split === null) return none
  const letters = { train: 'Tr', validation: 'Va', test: 'Te' }[task.split]
  return (
    <>
      <span className={classes.letters} style={{ color: splitColor(task.split) }} aria-hidden>
        {letters}
      </span>
      {task.is_split_locked && <Glyph name="lock" label={t('tasks.grid.locked')} />}
      {task.split}
    </>
  )
}

function mark(kind: 'returned' | 'skipped' | 'open' | 'archived', label: string, title = label): ReactNode {
  return (
    <span className={`${classes.mark} ${kind === 'archived' ? classes.quiet : classes[kind]}`} title={title}>
      <Glyph name={kind} />
      {label}
    </span>
  )
}

function Status({ task, look }: { task: Task; look: TableLook }) {
  const { t } = look
  const stage = look.stage(task.stage_id)
  return (
    <>
      {stage && <Glyph name={stage.kind} color={stageColor(stage.kind)} />}
      {stage?.name}
      {task.lease && openMark(task.lease.person_id, task, look)}
      {task.is_returned &&
        mark(
          'returned',
          task.times_returned > 1
            ? t('tasks.grid.returned_times', { count: task.times_returned })
            : t('tasks.grid.returned'),
        )}
      {task.is_skipped && mark('skipped', t('tasks.grid.skipped'))}
      {task.is_archived && mark('archived', t('tasks.grid.archived'))}
    </>
  )
}

/** The assignee's name stands beside it as a rule, and there is little room here. */
function openMark(person_id: number, task: Task, { t, person: nameOf }: TableLook): ReactNode {
  const whole = t('tasks.grid.open_by', { name: nameOf(person_id) })
  return mark('open', person_id === task.assignee_id ? t('tasks.grid.open') : whole, whole)
}

function skipped(task: Task, look: TableLook): ReactNode {
  if (!task.is_skipped) return none
  const reason =
    task.skip_reason === null ? look.t('tasks.grid.skipped') : look.t(`tasks.skip_reason.${task.skip_reason}`)
  return (
    <>
      <span className={`${classes.ellipsis} ${classes.skipped}`}>{reason}</span>
      {task.skipped_by_id !== null && (
        <PersonAvatar id={task.skipped_by_id} name={look.person(task.skipped_by_id)} size={16} />
      )}
      {task.skipped_at !== null && (
        <span className={`${classes.fixed} ${classes.quiet}`}>
          <Age moment={task.skipped_at} />
        </span>
      )}
    </>
  )
}

/** Without a render: a thumbnail that is not there shows a quiet sign in its place. */
const markFailed = (event: SyntheticEvent<HTMLImageElement>) => {
  event.currentTarget.dataset.failed = ''
}

function Thumbnail({ task, look }: { task: Task; look: TableLook }) {
  const src = urlOf('get_asset_thumbnail', { project_id: look.project_id, asset_id: task.asset_id })
  const height = look.rowHeight - 6
  // The box has the image's own proportions, so nothing jumps when it comes.
  const width = Math.min(Math.round((height * task.width) / Math.max(1, task.height)), 200)
  return (
    <img
      key={task.asset_id}
      className={classes.thumbnail}
      src={src}
      alt=""
      width={width}
      height={height}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={markFailed}
    />
  )
}
