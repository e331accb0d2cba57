// What the panel over a cell shows.
import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { urlOf } from '../../../../contract/client.ts'
import type { Task } from '../../../../contract/tasks.ts'
import { api } from '../../../api.ts'
import { formatAge, formatDuration, formatMoment, formatNumber } from '../../../format.ts'
import type { ReplyOf } from '../../../queries.ts'
import { classList } from './ClassesCell.tsx'
import cells from './cells.module.css'
import type { TableLook } from './look.ts'
import type { TipKind } from './TaskCell.tsx'
import classes from './tip.module.css'

type Props = { kind: TipKind; task: Task; look: TableLook; onResize: () => void }

export function CellTip({ kind, task, look, onResize }: Props) {
  switch (kind) {
    case 'image':
      return <ImageTip task={task} look={look} />
    case 'time':
      return <TimeTip task={task} look={look} onResize={onResize} />
    case 'classes':
      return <ClassesTip task={task} look={look} />
    case 'skip':
      return <SkipTip task={task} look={look} />
  }
}

function ImageTip({ task, look }: { task: Task; look: TableLook }) {
  const scale = Math.min(1, 320 / Math.max(task.width, task.height))
  return (
    <>
      <img
        className={classes.image}
        src={urlOf('get_asset_thumbnail', { project_id: look.project_id, asset_id: task.asset_id })}
        width={Math.round(task.width * scale)}
        height={Math.round(task.height * scale)}
        alt=""
      />
      <div className={classes.under}>
        {task.width} × {task.height}
      </div>
    </>
  )
}

function TimeTip({ task, look, onResize }: { task: Task; look: TableLook; onResize: () => void }) {
  const { t, project_id } = look
  const time = useQuery({
    queryKey: ['project', project_id, 'task-time', task.id, task.duration_ms, task.review_ms],
    queryFn: ({ signal }) => api.get_task_time({ project_id, task_id: task.id }, { signal }),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the panel grows when the times come
  useLayoutEffect(onResize, [time.data])
  if (time.isError) return t('tasks.time.failed')
  if (!time.data) return t('tasks.grid.loading')
  const entries = (kind: 'annotation' | 'review') => time.data.entries.filter((e) => e.kind === kind)
  if (time.data.entries.length === 0) return t('tasks.time.none')
  return (
    <>
      <TimeTable title={t('tasks.time.annotation')} entries={entries('annotation')} look={look} />
      <TimeTable title={t('tasks.time.review')} entries={entries('review')} look={look} />
    </>
  )
}

type Entries = ReplyOf<'get_task_time'>['entries']

function TimeTable({ title, entries, look }: { title: string; entries: Entries; look: TableLook }) {
  if (entries.length === 0) return null
  const total = entries.reduce((sum, e) => sum + e.ms, 0)
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th colSpan={2}>{title}</th>
          <th>{formatDuration(total)}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((e) => (
          <tr key={`${e.person_id} ${e.stage_id}`}>
            <td>{e.person_name}</td>
            <td>{look.stage(e.stage_id)?.name}</td>
            <td>{formatDuration(e.ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ClassesTip({ task, look }: { task: Task; look: TableLook }) {
  return (
    <table className={classes.table}>
      <tbody>
        {classList(task.class_counts, look).map((c) => (
          <tr key={c.id}>
            <td className={cells.class} style={{ '--class-color': c.color } as React.CSSProperties}>
              {c.name}
            </td>
            <td>{formatNumber(c.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SkipTip({ task, look }: { task: Task; look: TableLook }) {
  const { t } = look
  const reason = task.skip_reason ? t(`tasks.skip_reason.${task.skip_reason}`) : ''
  const person = task.skipped_by_id === null ? t('tasks.somebody') : look.person(task.skipped_by_id)
  return (
    <>
      <div>
        {t('tasks.cell.skipped_by', {
          reason,
          person,
          age: task.skipped_at ? formatAge(task.skipped_at, Date.now()) : '',
        })}
      </div>
      {task.skipped_at && <div className={classes.under}>{formatMoment(task.skipped_at)}</div>}
      {task.skip_note && <div className={classes.note}>{task.skip_note}</div>}
    </>
  )
}
