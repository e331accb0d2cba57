// A toast that follows one operation: progress and cancel while it runs, the result, Undo and a link afterwards.
// It lives outside the pages, so it survives going elsewhere.
import { Anchor, Button, Progress, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../../contract/client.ts'
import { api } from '../../../api.ts'
import { useLive } from '../../../live/use-live.ts'
import type { ReplyOf } from '../../../queries.ts'
import { notifyFailed } from '../../../ui/notify.tsx'
import { operationFinished } from '../finished.ts'
import classes from './run.module.css'
import { toBeTold, told } from './untold.ts'

type Operation = ReplyOf<'get_operation'>
type Open = (operation_id: number) => void
export type Navigate = ReturnType<typeof useNavigate>

/** Long enough to read it and to reach Undo. */
const SHOWN_MS = 12_000

const toastId = (project_id: number, id: number) => `operation-${project_id}-${id}`

/** The way to its details. A toast stands outside the router. */
export const openWith =
  (navigate: Navigate, project_id: number): Open =>
  (open) =>
    void navigate({
      to: '/projects/$project_id/operations',
      params: { project_id: String(project_id) },
      search: { open },
    })

export function showOperation(project_id: number, operation: Operation, onOpen: Open): void {
  if (operation.state === 'running') toBeTold(project_id, operation)
  notifications.show({
    id: toastId(project_id, operation.id),
    title: operation.title,
    message: <OperationToast project_id={project_id} started={operation} onOpen={onOpen} />,
    autoClose: false,
    withCloseButton: true,
  })
}

function OperationToast({ project_id, started, onOpen }: { project_id: number; started: Operation; onOpen: Open }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  // The toast may outlive the project's pages.
  useLive(project_id)
  const { data: operation } = useQuery({
    queryKey: ['project', project_id, 'operation', started.id],
    queryFn: ({ signal }) => api.get_operation({ project_id, operation_id: started.id }, { signal }),
    initialData: started,
    enabled: started.state === 'running',
    staleTime: 0,
  })
  const toast = useRef<HTMLDivElement>(null)
  const isRunning = operation.state === 'running'
  const hide = () => notifications.hide(toastId(project_id, operation.id))

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it ends
  useEffect(() => {
    if (isRunning) return
    operationFinished(operation)
    // Behind another tab nobody has read it.
    if (document.visibilityState === 'visible') told(project_id, operation)
    void client.invalidateQueries({ queryKey: ['project', project_id] })
    // Not from under a hand that is about to press Undo.
    const isInUse = () => toast.current?.closest('[role=alert]')?.matches(':hover, :focus-within')
    const timer = setInterval(() => !isInUse() && hide(), SHOWN_MS)
    return () => clearInterval(timer)
  }, [isRunning])

  const cancel = useMutation({
    mutationFn: () => api.cancel_operation({ project_id, operation_id: operation.id }),
    // It ended while the person pressed: the toast is about to say so.
    onError: (error) => !(error instanceof ApiError && error.code === 'already_finished') && notifyFailed(error),
  })
  const undo = useMutation({
    mutationFn: () => api.undo_operation({ project_id, operation_id: operation.id }),
    onSuccess: (undoing) => {
      hide()
      showOperation(project_id, undoing, onOpen)
    },
    onError: notifyFailed,
  })
  const done = operation.applied + operation.unchanged + operation.refused
  return (
    <div ref={toast}>
      {isRunning ? (
        <>
          <Text size="xs" c="dimmed" className="figures">
            {t('operations.toast.running', { done, total: operation.total })}
          </Text>
          <Progress
            value={operation.total === 0 ? 100 : (100 * done) / operation.total}
            mt={4}
            aria-label={operation.title}
          />
        </>
      ) : (
        <ResultLine operation={operation} />
      )}
      <div className={classes.toastLine}>
        {isRunning && (
          <Button
            variant="default"
            size="compact-xs"
            disabled={operation.cancel_requested || cancel.isPending || cancel.isSuccess}
            onClick={() => cancel.mutate()}
          >
            {t(
              operation.cancel_requested || cancel.isSuccess
                ? 'operations.toast.cancelling'
                : 'operations.toast.cancel',
            )}
          </Button>
        )}
        {!isRunning && operation.is_undoable && (
          <Button variant="default" size="compact-xs" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t('operations.toast.undo')}
          </Button>
        )}
        <Anchor component="button" type="button" size="xs" onClick={() => onOpen(operation.id)}>
          {t('operations.toast.details')}
        </Anchor>
      </div>
    </div>
  )
}

/** “40,112 tasks changed · 12 left out” */
export function ResultLine({ operation }: { operation: Operation }) {
  const { t } = useTranslation()
  const parts = [
    operation.state === 'cancelled' && t('operations.toast.cancelled'),
    operation.state === 'failed' && t('operations.toast.failed', { error: operation.error ?? '' }),
    operation.applied > 0
      ? t('operations.toast.applied', { count: operation.applied })
      : operation.state === 'done' && t('operations.toast.nothing'),
    operation.unchanged > 0 && t('operations.toast.unchanged', { count: operation.unchanged }),
    operation.refused > 0 && t('operations.toast.refused', { count: operation.refused }),
  ].filter((part) => part !== false)
  return <Text size="sm">{parts.join(' · ')}</Text>
}
