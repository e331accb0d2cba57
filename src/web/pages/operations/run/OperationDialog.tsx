// The dialog of a bulk operation: what will happen, what is lost, who is working on it, the choices, one button.
import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../../contract/client.ts'
import type { Selection } from '../../../../model/selection.ts'
import { api, isPassing } from '../../../api.ts'
import { formatNumber } from '../../../format.ts'
import { useProjectId } from '../../../session.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormError } from '../../../ui/ErrorState.tsx'
import type { FilterContext } from '../../tasks/filter/choices.ts'
import { countedOf, withUncounted } from './forms/counted.ts'
import type { Kind, Params, Preview } from './forms/form.ts'
import { formOf } from './forms/list.ts'
import { openWith, showOperation } from './OperationToast.tsx'
import { PreviewView } from './PreviewView.tsx'
import { randomToken } from './percents.ts'
import classes from './run.module.css'

const CHOICE_DEBOUNCE_MS = 250

type Props = {
  kind: Kind
  selection: Selection
  /** As the page counts it, until the preview knows. */
  selected: number
  context: FilterContext
  onClose: () => void
  onStarted: (name: string) => void
}

export default function OperationDialog({ kind, selection: chosen, selected, context, onClose, onStarted }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const navigate = useNavigate()
  const client = useQueryClient()
  const form = useMemo(() => formOf(kind), [kind])
  const [params, setParams] = useState<Params>(() => form.initial(context))
  // Of an earlier run that is replayed.
  const [elsewhere, setElsewhere] = useState<Selection | null>(null)
  const selection = elsewhere ?? chosen
  // As text: two that say the same are one question.
  const counted = JSON.stringify(countedOf(form, params))
  const [settled] = useDebouncedValue(counted, CHOICE_DEBOUNCE_MS)
  const asked: Params = JSON.parse(settled)
  const [typed, setTyped] = useState('')
  const problem = form.problem(params, t)

  const preview = useQuery({
    queryKey: ['project', project_id, 'operation-preview', kind.name, asked, selection],
    queryFn: ({ signal }) =>
      api.preview_operation({ project_id, name: kind.name, params: asked, selection }, { signal }),
    enabled: form.problem(asked, t) === null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const isOld = counted !== settled || preview.isFetching || preview.isPlaceholderData
  const known = problem === null ? preview.data : undefined
  // One key per confirmation; it is kept only where the answer was lost, so that trying again cannot run it twice.
  const key = useRef(randomToken(12))
  const run = useMutation({
    mutationFn: (shown: Preview) =>
      api.run_operation({
        project_id,
        name: kind.name,
        params: withUncounted(form, shown.params, params),
        selection,
        expected_count: shown.total,
        key: key.current,
        ...(shown.confirm === null ? {} : { confirm: shown.confirm }),
      }),
    onSuccess: (operation) => {
      onStarted(kind.name)
      onClose()
      void client.invalidateQueries({ queryKey: ['project', project_id, 'operations'] })
      showOperation(project_id, operation, openWith(navigate, project_id))
    },
    onError: (error) => {
      if (!isPassing(error)) key.current = randomToken(12)
      if (isCode(error, 'selection_changed') || isCode(error, 'confirmation_needed')) void preview.refetch()
    },
  })

  const count = known?.applied ?? selected
  const isConfirmed = known?.confirm == null || typed.replace(/[^\d]/g, '') === String(known.confirm)
  const canRun = known !== undefined && !isOld && known.applied > 0 && isConfirmed && !run.isPending
  return (
    <Dialog
      onClose={onClose}
      size={860}
      yOffset="6vh"
      title={
        <Text fw={600} size="md">
          {form.what(params, count, context, t)}
        </Text>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (canRun && known) run.mutate(known)
        }}
      >
        <div className={classes.columns}>
          <section
            className={classes.preview}
            aria-label={t('operations.run.preview')}
            aria-busy={isOld && problem === null}
            aria-live="polite"
            data-old={(isOld && known) || undefined}
          >
            {problem !== null ? (
              <Text c="dimmed">{problem}</Text>
            ) : preview.isError && !preview.isFetching ? (
              <FormError error={preview.error} />
            ) : preview.isPaused ? (
              <Text c="dimmed">{t('operations.run.offline')}</Text>
            ) : !known ? (
              <PreviewSkeleton />
            ) : (
              <Stack gap="md">
                <PreviewView
                  preview={known}
                  workflow={context.workflow}
                  isStatusChange={kind.name === 'change-status'}
                  names={context.names}
                  canTakeOver={form.canTakeOver}
                  open={params.open as string | undefined}
                  onOpen={(open) => setParams({ ...params, open })}
                />
                {known.applied === 0 && <Text c="dimmed">{t('operations.run.nothing')}</Text>}
              </Stack>
            )}
          </section>
          <section className={classes.choices} aria-label={t('operations.run.choices')}>
            <form.Form
              params={params}
              onChange={setParams}
              context={context}
              kind={kind}
              preview={known}
              isElsewhere={elsewhere !== null}
              onSelection={setElsewhere}
            />
          </section>
        </div>
        {run.isError && (
          <Group mt="md">
            {isCode(run.error, 'selection_changed') ? (
              <Alert color="yellow">{t('operations.run.changed')}</Alert>
            ) : (
              <FormError error={run.error} />
            )}
          </Group>
        )}
        <div className={classes.foot}>
          {known?.confirm != null && (
            <TextInput
              label={t(`operations.run.confirm_${known.confirm_of}`, { number: formatNumber(known.confirm) })}
              description={t(`operations.run.confirm_of_${known.confirm_of}`)}
              value={typed}
              inputMode="numeric"
              autoComplete="off"
              w={300}
              onChange={(e) => setTyped(e.currentTarget.value)}
            />
          )}
          <Button variant="default" size="sm" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            size="sm"
            color={isDestructive(known) ? 'red' : undefined}
            disabled={!canRun}
            loading={run.isPending}
          >
            {form.act(params, count, t)}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const isCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code
const isDestructive = (p: Preview | undefined): boolean => p !== undefined && Object.values(p.loses).some((n) => n > 0)

function PreviewSkeleton() {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status" aria-label={t('operations.run.counting')}>
      <Group gap="lg">
        <Skeleton width={80} height={36} />
        <Skeleton width={80} height={36} />
      </Group>
      <Skeleton height={20} />
      <Skeleton height={20} />
    </Stack>
  )
}
