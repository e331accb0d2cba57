// The CSV of a selection: the server finds the tasks, the browser writes the file to disk, and a toast says how far it is.
// The toast lives outside the pages, so it survives going elsewhere.
import { Anchor, Progress, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../../contract/client.ts'
import type { Selection } from '../../../../model/selection.ts'
import type { TaskFieldName } from '../../../../model/task-fields.ts'
import { api } from '../../../api.ts'
import { newId } from '../../../new-id.ts'
import type { ReplyOf } from '../../../queries.ts'
import { loadTexts } from '../../../texts/parts.ts'
import { notifyFailed } from '../../../ui/notify.tsx'

type File = ReplyOf<'get_task_file'>
export type Wanted = { project_id: number; selection: Selection; columns: TaskFieldName[]; sort: string | undefined }

const POLL_MS = 700
/** Long enough to read it. */
const SHOWN_MS = 12_000

export async function downloadCsv({ project_id, selection, columns, sort }: Wanted): Promise<void> {
  await loadTexts('views')
  const id = `csv-${newId()}`
  const toast = { id, title: i18next.t('views.csv.title'), autoClose: false as const, withCloseButton: true }
  notifications.show({ ...toast, loading: true, message: i18next.t('views.csv.preparing') })
  try {
    const file = await api.create_task_file({ project_id, selection, columns, sort: sort ?? null })
    notifications.update({
      ...toast,
      loading: false,
      message: <CsvToast id={id} project_id={project_id} prepared={file} />,
    })
    fetchToDisk(project_id, file)
  } catch (error) {
    notifications.hide(id)
    notifyFailed(error)
  }
}

/** A link of the browser's own: it writes as the bytes come, where a fetch would hold them all in memory. */
function fetchToDisk(project_id: number, file: File): void {
  const link = document.createElement('a')
  link.href = urlOf('download_task_file', { project_id, file_id: file.id })
  link.download = file.name
  link.click()
}

function CsvToast({ id, project_id, prepared }: { id: string; project_id: number; prepared: File }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const queryKey = ['project', project_id, 'task-file', prepared.id]
  const { data: file } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get_task_file({ project_id, file_id: prepared.id }, { signal }),
    initialData: prepared,
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : POLL_MS),
    refetchIntervalInBackground: true,
    staleTime: 0,
  })
  const { name, total, written } = file
  const isDone = file.state === 'done'
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => notifications.hide(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isDone, id])

  const again = () => {
    client.setQueryData<File>(queryKey, { ...file, state: 'ready', written: 0 })
    fetchToDisk(project_id, file)
  }
  if (isDone) return <Text size="sm">{t('views.csv.done', { count: total, name })}</Text>
  if (file.state === 'stopped')
    return (
      <>
        <Text size="sm">{t('views.csv.stopped', { written, total })}</Text>
        <Anchor component="button" type="button" size="xs" onClick={again}>
          {t('views.csv.again')}
        </Anchor>
      </>
    )
  return (
    <>
      <Text size="xs" c="dimmed" className="figures">
        {t('views.csv.writing', { written, total })}
      </Text>
      <Progress value={(100 * written) / total} mt={4} aria-label={t('views.csv.title')} />
    </>
  )
}

const isOver = ({ state }: File): boolean => state === 'done' || state === 'stopped'
