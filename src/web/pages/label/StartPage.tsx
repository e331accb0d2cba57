// The landing: one big button, what waits for this person, and what was done today.
import { Button } from '@mantine/core'
import { IconPlayerPlayFilled, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EmptyQueue } from '../../../model/queue.ts'
import { api } from '../../api.ts'
import { formatDuration, formatNumber } from '../../format.ts'
import { useProject } from '../../session.tsx'
import { midnight } from '../../today.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { EmptyReasons } from './EmptyReasons.tsx'
import classes from './start.module.css'

const RENEW_MS = 15_000
const SOURCES = ['open', 'returned', 'assigned', 'pool'] as const

type Props = { kind: 'label' | 'review'; empty: EmptyQueue | null; isAsking: boolean; onStart: () => void }

export default function StartPage({ kind, empty, isAsking, onStart }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const queue = useQuery({
    queryKey: ['project', project.id, 'queue'],
    queryFn: ({ signal }) => api.get_queue({ project_id: project.id, today_from: midnight() }, { signal }),
    refetchInterval: RENEW_MS,
    refetchOnMount: 'always',
  })
  const button = useRef<HTMLButtonElement>(null)
  // A button that is waited for is disabled, and loses the keyboard.
  useEffect(() => {
    if (!isAsking && document.activeElement === document.body) button.current?.focus()
  }, [isAsking])
  const counts = queue.data?.[kind]
  const waiting = counts ? SOURCES.reduce((sum, source) => sum + counts[source], 0) : 0
  if (queue.isError && !queue.data)
    return <ErrorState isPage error={queue.error} onRetry={() => void queue.refetch()} />
  const isNone = counts !== undefined && waiting === 0
  return (
    <Page title={t(`label.title.${kind}`)} description={project.name}>
      <div className={classes.start}>
        {empty ? (
          <EmptyReasons empty={empty} kind={kind} waiting={waiting} />
        ) : (
          <h2 className={classes.lead}>
            {!counts ? '\u00a0' : isNone ? t('label.start.nothing') : t('label.start.ready', { count: waiting })}
          </h2>
        )}
        <Button
          ref={button}
          className={classes.button}
          size="lg"
          variant={isNone ? 'default' : 'filled'}
          leftSection={isNone ? <IconRefresh size={18} /> : <IconPlayerPlayFilled size={18} />}
          loading={isAsking}
          onClick={onStart}
        >
          {t(isNone ? 'label.start.look' : counts && counts.open > 0 ? 'label.start.go_on' : 'label.start.act')}
        </Button>
        <dl className={classes.counts} aria-label={t('label.start.counts')}>
          {SOURCES.map((source) => (
            <div
              key={source}
              className={classes.count}
              data-none={counts?.[source] === 0 || undefined}
              data-source={source}
            >
              <dt>{t(`label.start.${source}`)}</dt>
              <dd className="figures">{counts ? formatNumber(counts[source]) : '–'}</dd>
              <dd className={classes.what}>{t(`label.start.${source}_text`)}</dd>
            </div>
          ))}
        </dl>
        <p className={classes.today}>
          {queue.data
            ? t('label.start.today', {
                done: t('label.start.done', { count: queue.data.done_today }),
                time: queue.data.duration_today_ms >= 1000 ? formatDuration(queue.data.duration_today_ms) : '0s',
              })
            : '\u00a0'}
        </p>
      </div>
    </Page>
  )
}
