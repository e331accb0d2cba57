// The next tasks of my queue below the image, in the order in which they are offered.
import { IconCornerUpLeft, IconMessage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { mayInProject } from '../../../../model/permission.ts'
import { api } from '../../../api.ts'
import { formatNumber } from '../../../format.ts'
import { useProject } from '../../../session.tsx'
import { Thumbnail } from '../../../ui/Thumbnail.tsx'
import classes from './review.module.css'

const RENEW_MS = 60_000
const MOST = 30

type Props = { project_id: number; kind: 'label' | 'review'; task_id: number | null; onOpen: (task_id: number) => void }

export default function Filmstrip({ project_id, kind, task_id, onOpen }: Props) {
  const { t } = useTranslation()
  const strip = useRef<HTMLUListElement>(null)
  // Whoever may not is told nothing of the pool, which may be full.
  const seesPool = mayInProject(useProject().role, 'view_tasks') === true
  const { data } = useQuery({
    // With each task the queue is another one.
    queryKey: ['project', project_id, 'filmstrip', kind, task_id],
    queryFn: ({ signal }) => api.list_queue({ project_id, kind, limit: MOST }, { signal }),
    placeholderData: (known) => known,
    refetchInterval: RENEW_MS,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the task is what triggers it
  useEffect(() => {
    strip.current?.scrollTo({ left: 0 })
  }, [task_id])
  const tasks = data?.tasks ?? []
  return (
    <nav className={classes.strip} aria-label={t('review.strip.label')}>
      {data && tasks.filter((x) => x.id !== task_id).length === 0 && (
        <p className={classes.stripNone}>{t(seesPool ? 'review.strip.none' : 'review.strip.none_of_yours')}</p>
      )}
      <ul ref={strip} className={classes.tiles}>
        {tasks.map((task) => (
          <li key={task.id}>
            <button
              type="button"
              className={classes.tile}
              aria-current={task.id === task_id || undefined}
              data-source={task.source}
              title={`${task.name} · ${t(`review.strip.${task.source}`)} · ${t('review.strip.objects', { count: task.object_count })}`}
              aria-label={t('review.strip.open_task', { name: task.name, why: t(`review.strip.${task.source}`) })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => task.id !== task_id && onOpen(task.id)}
            >
              <Thumbnail project_id={project_id} asset_id={task.asset_id} name="" className={classes.tileImage ?? ''} />
              {task.source === 'returned' && (
                <span className={classes.tileMark} data-mark="returned">
                  <IconCornerUpLeft size={12} aria-hidden />
                </span>
              )}
              {task.open_comments > 0 && (
                <span className={classes.tileMark} data-mark="comments">
                  <IconMessage size={11} aria-hidden />
                  {formatNumber(task.open_comments)}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
