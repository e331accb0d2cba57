// A task at the right: its image with the objects, below it everything that happened. The grid stays usable.
import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatDuration } from '../../format.ts'
import { type ReplyOf, schemaQuery } from '../../queries.ts'
import { useMay, useMe, useProject } from '../../session.tsx'
import { ErrorState, FormError } from '../../ui/ErrorState.tsx'
import { PersonName } from '../../ui/PersonAvatar.tsx'
import { SplitBadge } from '../../ui/SplitBadge.tsx'
import { StageBadge } from '../../ui/StageBadge.tsx'
import { Drafts } from './Drafts.tsx'
import classes from './history.module.css'
import { Problems } from './Problems.tsx'
import { TaskImage } from './TaskImage.tsx'
import { Timeline } from './Timeline.tsx'

const WIDTH_KEY = 'pixlhub-history-width'

type Props = { task_id: number; onClose: () => void; onStep: (by: 1 | -1) => void }

export default function HistoryDrawer({ task_id, onClose, onStep }: Props) {
  const { t } = useTranslation()
  const { id: project_id } = useProject()
  const task = useQuery({
    queryKey: ['project', project_id, 'task', task_id],
    queryFn: ({ signal }) => api.get_task({ project_id, task_id }, { signal }),
  })
  const schema = useQuery(schemaQuery(project_id)).data?.schema
  const mayRestore = useMay('run_operation')
  const panel = useRef<HTMLElement>(null)
  const { width, resize } = useWidth()
  // The panel takes the focus when it opens, not when it goes to the next task.
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  const name = task.data?.task.name
  return (
    <aside
      ref={panel}
      className={classes.drawer}
      style={{ width }}
      tabIndex={-1}
      aria-label={name ?? t('tasks.history.title')}
    >
      <div className={classes.edge} onPointerDown={resize} aria-hidden title={t('tasks.history.resize')} />
      <header className={classes.top}>
        <h2 className={classes.name} title={name}>
          {name ?? (task.isLoadingError ? t('tasks.history.title') : <Skeleton width={180} height={14} />)}
        </h2>
        <Tooltip label={t('tasks.history.previous')}>
          <ActionIcon onClick={() => onStep(-1)} aria-label={t('tasks.history.previous')}>
            <IconChevronUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('tasks.history.next')}>
          <ActionIcon onClick={() => onStep(1)} aria-label={t('tasks.history.next')}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('tasks.history.close')}>
          <ActionIcon onClick={onClose} aria-label={t('tasks.history.close')}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.scroll} key={task_id}>
        {task.isLoadingError ? (
          <ErrorState error={task.error} onRetry={() => void task.refetch()} />
        ) : (
          <>
            <FormError error={task.error} />
            {task.data ? (
              <TaskImage project_id={project_id} task={task.data.task} document={task.data.document} schema={schema} />
            ) : (
              <Skeleton height={240} radius={0} />
            )}
            {task.data && <Facts data={task.data} />}
            <Problems task_id={task_id} />
            {mayRestore && <Drafts task_id={task_id} />}
            <Timeline task_id={task_id} />
          </>
        )}
      </div>
    </aside>
  )
}

function Facts({ data }: { data: ReplyOf<'get_task'> }) {
  const { t } = useTranslation()
  const project = useProject()
  const { task, people } = data
  const stage = project.stages.find((s) => s.id === task.stage_id)
  const assignee = people.find((p) => p.id === task.assignee_id)
  const me = useMe()
  const isMineOrFree = task.assignee_id === null || task.assignee_id === me.id
  const work = stage?.kind === 'label' || stage?.kind === 'review' ? stage.kind : null
  return (
    <div className={classes.facts}>
      {stage && <StageBadge kind={stage.kind} name={stage.name} />}
      {assignee && <PersonName id={assignee.id} name={assignee.name} />}
      {task.split && <SplitBadge split={task.split} isLocked={task.is_split_locked} />}
      <span>{t('count.object', { count: task.object_count })}</span>
      {task.duration_ms > 0 && <span className="figures">{formatDuration(task.duration_ms)}</span>}
      <span style={{ flex: 1 }} />
      {work && isMineOrFree && !task.is_skipped && !task.is_archived && (
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link
              {...props}
              to={`/projects/$project_id/${work}`}
              params={{ project_id: String(project.id) }}
              search={{ task: task.id }}
            />
          )}
        >
          {t(work === 'label' ? 'tasks.history.open_in_label' : 'tasks.history.open_in_review')}
        </Button>
      )}
    </div>
  )
}

/** The panel's width, dragged at its left edge and kept in the browser. */
function useWidth() {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(WIDTH_KEY)) || 440)
  const clampWidth = (w: number) => Math.max(340, Math.min(w, window.innerWidth * 0.7, 900))
  const resize = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    const edge = event.currentTarget
    edge.setPointerCapture(event.pointerId)
    const move = (e: globalThis.PointerEvent) => setWidth(clampWidth(window.innerWidth - e.clientX))
    const end = (e: globalThis.PointerEvent) => {
      edge.removeEventListener('pointermove', move)
      localStorage.setItem(WIDTH_KEY, String(Math.round(clampWidth(window.innerWidth - e.clientX))))
    }
    edge.addEventListener('pointermove', move)
    edge.addEventListener('pointerup', end, { once: true })
  }
  return { width: clampWidth(width), resize }
}
