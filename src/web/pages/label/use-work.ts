// The work of this page: made once, tied to the URL (`?task=`), to the window, and to leaving the page.
import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../contract/client.ts'
import { createEditor } from '../../../editor/editor.ts'
import { isPassing, queryClient } from '../../api.ts'
import { beforeSignOut } from '../../before-sign-out.ts'
import { newId } from '../../new-id.ts'
import { projectQuery, schemaQuery } from '../../queries.ts'
import { useMe, useProject } from '../../session.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { afterPaint, SETTLED_MS } from './after-paint.ts'
import { keepDisplay } from './kept-display.ts'
import { keptValues } from './kept-values.ts'
import { browserKeptWork } from './kept-work.ts'
import { takeLinked, takeOpened } from './linked-task.ts'
import { seenDrafts } from './offers.ts'
import { prepareNext } from './prepare-next.ts'
import { isInFront, watchPresence } from './presence.ts'
import { unsent } from './review/unsent.ts'
import { tabLock } from './tab-lock.ts'
import { browserTimers } from './timers.ts'
import { useSignal } from './use-signal.ts'
import { createWork, type Work } from './work.ts'
import { workApi } from './work-api.ts'

/** Leaving the page waits this long for the last save, ms. */
const PATIENCE_MS = 4000

export function useWork(kind: 'label' | 'review'): Work {
  const project = useProject()
  const me = useMe()
  const { task } = useSearch({ strict: false }) as { task?: number }
  const { t } = useTranslation()
  const [work] = useState(() => {
    const { schema } = queryClient.getQueryData(schemaQuery(project.id).queryKey) ?? {}
    const opened = task !== undefined && schema ? takeOpened(project.id, task) : null
    return createWork({
      api: workApi,
      timers: browserTimers,
      now: () => performance.now(),
      createId: newId,
      editor: createEditor({ createId: newId, ...keptValues(project.id, me.id) }),
      keptWork: browserKeptWork,
      seen: seenDrafts,
      tabLock,
      project_id: project.id,
      person_id: me.id,
      kind,
      workflow: project.stages,
      idleMs: project.settings.idle_threshold_s * 1000,
      isInFront,
      getNewSchema: async () => (await queryClient.fetchQuery({ ...schemaQuery(project.id), staleTime: 0 })).schema,
      getSchema: async () => (await queryClient.fetchQuery(schemaQuery(project.id))).schema,
      onFailed: (error) => notifyFailed(isPassing(error) ? new Error(t('label.not_done')) : error),
      begun: opened && schema ? { opened, schema } : null,
      takeOpened: (task_id) => takeLinked(project.id, task_id),
      isOpening: task !== undefined,
    })
  })
  useTaskInUrl(work, kind, project.id, task)
  useLeaving(work)
  useEffect(() => watchPresence(work), [work])
  useEffect(() => beforeSignOut(work.close), [work])
  useEffect(() => prepareNext(work), [work])
  useEffect(() => keepDisplay(work.editor, me.id), [work, me.id])
  useSignedOut(work, project.id)
  return work
}

/** The URL names the open task, so that a link or a reload opens it again; Back closes it. */
function useTaskInUrl(work: Work, kind: 'label' | 'review', project_id: number, task: number | undefined): void {
  const navigate = useNavigate()
  const state = useSignal(work.state)
  const open = state.at === 'open' ? state.held.holder.task_id : state.at === 'viewing' ? state.view.task.id : null
  const inUrl = useRef(task)
  inUrl.current = task
  const go = useRef((_: number | null, __: boolean) => {})
  go.current = (id, replace) =>
    void navigate({
      to: `/projects/$project_id/${kind}`,
      params: { project_id: String(project_id) },
      search: id === null ? {} : { task: id },
      replace,
    })

  useEffect(() => {
    if (task !== undefined) {
      if (task !== work.wantedTask()) void work.open(task).then((went) => went || go.current(work.wantedTask(), true))
      return
    }
    const id = work.wantedTask()
    if (id !== null) void work.close().then((isClosed) => isClosed || go.current(id, true))
  }, [work, task])

  // After the task is painted: the router draws much anew.
  useEffect(
    () =>
      afterPaint(() => {
        if (open !== null && open !== inUrl.current) go.current(open, inUrl.current !== undefined)
        if (state.at === 'start' && inUrl.current !== undefined) go.current(null, true)
      }, SETTLED_MS),
    [open, state.at],
  )
}

/** Leaving for another page waits for the last save; the browser asks only while something is unsaved or unsent. */
function useLeaving(work: Work): void {
  const { t } = useTranslation()
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname === next.pathname) return false
      if (work.isUnfinished()) return true
      if (!work.hasUnsaved()) return false
      // The session ended: the line above the image says so, and the work goes up after signing in elsewhere.
      if (next.pathname === '/sign-in') return true
      const saving =
        work
          .held()
          ?.saver.flush()
          .then(
            () => true,
            () => false,
          ) ?? true
      const isSaved = await Promise.race([
        saving,
        new Promise<false>((done) => setTimeout(() => done(false), PATIENCE_MS)),
      ])
      return !isSaved && !window.confirm(t(work.held()?.isKept.get() ? 'label.leave' : 'label.leave_unkept'))
    },
    enableBeforeUnload: () => work.isUnfinished() || work.hasUnsaved() || unsent.isAny(),
  })
  const leaving = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    if (leaving.current) clearTimeout(leaving.current)
    leaving.current = null
    return () => {
      // Strict mode takes every component away and puts it back at once; that is no leaving.
      leaving.current = setTimeout(() => work.leave(), 0)
    }
  }, [work])
}

/** A session that ended while a task was asked for leads to sign-in, the way that every query of the page does. */
function useSignedOut(work: Work, project_id: number): void {
  const state = useSignal(work.state)
  const error = state.at === 'failed' ? state.error : null
  useEffect(() => {
    if (error instanceof ApiError && error.code === 'not_signed_in')
      void queryClient.refetchQueries({ queryKey: projectQuery(project_id).queryKey })
  }, [error, project_id])
}
