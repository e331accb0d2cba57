// The audit log: everything that happened to the project's tasks, newest first. A bulk operation is one line that opens up.
import { Alert, Button } from '@mantine/core'
import { IconDownload, IconListSearch, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../contract/client.ts'
import { api } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useProject } from '../../session.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LongList } from '../../ui/LongList.tsx'
import { Page } from '../../ui/Page.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { useEventNames } from '../history/use-timeline.ts'
import { AuditFilters } from './AuditFilters.tsx'
import { AuditLine } from './AuditLine.tsx'
import type { AuditEntry } from './AuditParts.tsx'
import classes from './audit.module.css'
import { type AuditSearch, parseAuditSearch, toQuery } from './audit-search.ts'
import { auditKey, keyOf, useNews } from './use-news.ts'

export default function AuditPage() {
  const { t } = useTranslation()
  const { id: project_id } = useProject()
  const search = parseAuditSearch(useSearch({ from: '/app/projects/$project_id/audit' }))
  const navigate = useNavigate()
  const asked = toQuery(search)
  const log = useInfiniteQuery({
    queryKey: auditKey(project_id, search),
    queryFn: ({ pageParam, signal }) =>
      api.list_audit({ project_id, ...asked, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
  const pages = log.data?.pages
  const entries = useMemo(() => pages?.flatMap((p) => p.entries) ?? [], [pages])
  const people = useMemo(() => pages?.flatMap((p) => p.people) ?? [], [pages])
  const names = useEventNames(people)
  const { hasNews, showNews } = useNews(project_id, search, pages && entries)
  const setSearch = (next: AuditSearch) =>
    void navigate({
      to: '/projects/$project_id/audit',
      params: { project_id: String(project_id) },
      search: next,
      replace: true,
    })
  const isFiltered = Object.keys(search).length > 0
  return (
    <Page
      title={t('audit.title')}
      description={t('audit.text')}
      actions={
        <>
          {hasNews && (
            <Button variant="light" leftSection={<IconRefresh size={14} />} onClick={showNews}>
              {t('audit.news')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            component="a"
            href={urlOf('download_audit', { project_id, ...asked })}
            download
          >
            {t('audit.download')}
          </Button>
        </>
      }
    >
      <AuditFilters search={search} onChange={setSearch} />
      {pages?.[0]?.is_task_cut && (
        <Alert color="yellow" mb={10}>
          {t('audit.task_cut')}
        </Alert>
      )}
      {log.isError && entries.length === 0 ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : log.isPending ? (
        <RowsSkeleton rows={12} />
      ) : entries.length === 0 ? (
        <EmptyState
          icon={<IconListSearch size={28} stroke={1.5} />}
          title={t(isFiltered ? 'audit.nothing' : 'audit.empty')}
          action={isFiltered && <Button onClick={() => setSearch({})}>{t('audit.clear')}</Button>}
        >
          {!isFiltered && t('audit.empty_text')}
        </EmptyState>
      ) : (
        <>
          {daysOf(entries).map(([day, ofDay]) => (
            <section key={day} aria-label={day}>
              <h2 className={classes.day}>{day}</h2>
              <LongList items={ofDay} hasMore={log.hasNextPage} className={classes.list}>
                {(entry, place) => (
                  <AuditLine
                    key={keyOf(entry)}
                    entry={entry}
                    names={names}
                    isOpen={search.operation !== undefined}
                    {...place}
                  />
                )}
              </LongList>
            </section>
          ))}
          {log.hasNextPage && (
            <Button
              variant="subtle"
              mt={8}
              style={{ alignSelf: 'center' }}
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              {t('action.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  )
}

/** In the order of the log, which is that of the days. */
function daysOf(entries: readonly AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>()
  for (const entry of entries) {
    const day = formatDay(entry.at)
    const known = days.get(day)
    if (known) known.push(entry)
    else days.set(day, [entry])
  }
  return [...days]
}
