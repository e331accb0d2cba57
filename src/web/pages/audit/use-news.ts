// New entries of the log are announced, not slipped in: nobody reads a log that moves.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useLive } from '../../live/use-live.ts'
import type { AuditEntry } from './AuditParts.tsx'
import { type AuditSearch, toQuery } from './audit-search.ts'

/** The newest entries are looked through for unknown ones: steps that take long are written with an earlier time than quick ones. */
const LOOKED_AT = 20

/** @param entries those that are shown; undefined until they are here */
export function useNews(project_id: number, search: AuditSearch, entries: readonly AuditEntry[] | undefined) {
  const client = useQueryClient()
  const asked = toQuery(search)
  const queryKey = auditKey(project_id, search)
  const log = JSON.stringify(queryKey)
  const [logWithNews, setLogWithNews] = useState<string | null>(null)
  const hasNews = logWithNews === log
  useLive(project_id, async () => {
    // A save changes a task and is no entry; and what changed a moment before the page was read is told as well.
    if (hasNews || !entries) return
    const newest = await api.list_audit({ project_id, ...asked, limit: LOOKED_AT })
    const known = new Set(entries.map(keyOf))
    if (newest.entries.every((e) => known.has(keyOf(e)))) return
    if (known.size === 0) await client.invalidateQueries({ queryKey })
    else setLogWithNews(log)
  })
  const showNews = () => {
    setLogWithNews(null)
    // From the first page on: what was read further down is older than what a person who asks for news wants.
    void client.resetQueries({ queryKey })
  }
  return { hasNews, showNews }
}

export const auditKey = (project_id: number, search: AuditSearch) => ['project', project_id, 'audit', toQuery(search)]

export const keyOf = (e: AuditEntry): string =>
  `${e.type} ${e.task?.id ?? e.operation?.id ?? e.import?.id ?? e.export?.id} ${e.event?.number ?? ''}`
