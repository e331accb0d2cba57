// Annotation files: choose the format, drop them, send them, and have the server match them with the tasks.
// Nothing is applied here: the report (ImportDetails) asks.
import { Button, Group, Progress, Radio, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { IconFileCode, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ANNOTATION_FORMATS } from '../../../contract/assets.ts'
import { ApiError } from '../../../contract/client.ts'
import { api, isPassing, queryClient } from '../../api.ts'
import { formatBytes, formatNumber } from '../../format.ts'
import { importsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError, messageOf } from '../../ui/ErrorState.tsx'
import { pickedFiles } from '../../uploads/picked-files.ts'
import { sendFile } from '../../uploads/send-file.ts'
import type { PickedFile } from '../../uploads/upload-store.ts'
import { useAct } from '../../use-act.ts'
import classes from './imports.module.css'

type Format = (typeof ANNOTATION_FORMATS)[number]
const SUFFIXES: Record<Format, RegExp> = {
  voc: /\.(xml|zip)$/i,
  coco: /\.(json|zip)$/i,
  yolo: /\.zip$/i,
  yolo_obb: /\.zip$/i,
}
const AT_ONCE = 4

type Props = { onClose: () => void; onReported: (import_id: number) => void }

export default function AnnotationWizard({ onClose, onReported }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [format, setFormat] = useState<Format>('voc')
  const [files, setFiles] = useState<PickedFile[]>([])
  const [sent, setSent] = useState(0)
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])
  const send = useAct(
    () => sendAnnotations({ project_id, format, files, signal: stop.current.signal, onSent: setSent }),
    {
      isErrorShown: true,
      onDone: (import_id) => onReported(import_id),
    },
  )
  const fitting = files.filter(({ path }) => SUFFIXES[format].test(path))
  const add = (dropped: Iterable<File>) => setFiles((list) => [...list, ...pickedFiles(dropped).picked])
  return (
    <Dialog onClose={onClose} title={t('imports.annotations')} size="lg" closeOnClickOutside={!send.isPending}>
      <Stack gap="md">
        <Radio.Group label={t('imports.choose_format')} value={format} onChange={(value) => setFormat(value as Format)}>
          <Stack gap={6} mt={6}>
            {ANNOTATION_FORMATS.map((f) => (
              <Radio
                key={f}
                value={f}
                label={t(`imports.${f}`)}
                description={t(`imports.${f}_text`)}
                disabled={send.isPending}
                data-autofocus={f === format || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Dropzone
          onDrop={add}
          disabled={send.isPending}
          className={classes.drop}
          inputProps={{ 'aria-label': t(`imports.drop_${format}`) }}
        >
          <div className={classes.dropInner}>
            <IconFileCode size={26} stroke={1.4} />
            <Text fw={500}>{t(`imports.drop_${format}`)}</Text>
            <Text c="dimmed">{t('imports.or_pick')}</Text>
          </div>
        </Dropzone>
        {files.length > 0 && (
          <Group justify="space-between">
            <Text>
              {t('count.file', { count: fitting.length })} ·{' '}
              {formatBytes(fitting.reduce((sum, { file }) => sum + file.size, 0))}
            </Text>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconX size={12} />}
              disabled={send.isPending}
              onClick={() => setFiles([])}
            >
              {t('action.clear')}
            </Button>
          </Group>
        )}
        {send.isPending && (
          <div role="status">
            <Progress
              value={fitting.length === 0 ? 0 : (sent / fitting.length) * 100}
              aria-label={t('imports.upload')}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {sent < fitting.length
                ? t('imports.uploading', { done: formatNumber(sent), total: formatNumber(fitting.length) })
                : t('imports.checking')}
            </Text>
          </div>
        )}
        <FormError error={send.error} />
        <Text c="dimmed" size="xs">
          {t('imports.matched_by')}
        </Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button disabled={fitting.length === 0} loading={send.isPending} onClick={() => send.mutate()}>
            {t('imports.upload')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

type Sending = {
  project_id: number
  format: Format
  files: readonly PickedFile[]
  signal: AbortSignal
  onSent: (n: number) => void
}

/** Sends all files and closes the import. A cancelled or failed one leaves nothing behind. @returns the import's id */
async function sendAnnotations({ project_id, format, files, signal, onSent }: Sending): Promise<number> {
  const queue = files.filter(({ path }) => SUFFIXES[format].test(path))
  const source = queue.length === 1 ? queue[0]?.path : undefined
  const { id: import_id } = await api.create_import(
    { project_id, kind: 'annotations', format, total: queue.length, ...(source ? { source } : {}) },
    { signal },
  )
  let sent = 0
  const sender = async () => {
    for (let picked = queue.shift(); picked; picked = queue.shift()) {
      await sendOne(project_id, import_id, picked, signal)
      onSent(++sent)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, sender))
    await api.finish_import({ project_id, import_id }, { signal })
    return import_id
  } catch (error) {
    queue.length = 0
    await api.cancel_import({ project_id, import_id }).catch(() => {})
    throw error
  } finally {
    void queryClient.invalidateQueries({ queryKey: importsQuery(project_id).queryKey })
  }
}

async function sendOne(
  project_id: number,
  import_id: number,
  { file, path }: PickedFile,
  signal: AbortSignal,
): Promise<void> {
  const send = () => sendFile({ project_id, import_id, name: path }, file, signal, () => {})
  try {
    await send().catch((error) => {
      if (isPassing(error) && !signal.aborted) return send()
      throw error
    })
  } catch (error) {
    if (error instanceof ApiError)
      throw new ApiError(error.status, { ...error.fields, detail: `${path}: ${messageOf(error)}` })
    throw error
  }
}
