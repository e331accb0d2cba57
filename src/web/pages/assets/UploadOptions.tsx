// Before an upload starts: how many, into which batch, with which priority.
import { Autocomplete, Button, NumberInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PRIORITY_MAX, PRIORITY_MIN } from '../../../model/task.ts'
import { formatBytes } from '../../format.ts'
import { batchesQuery } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { startUpload } from '../../uploads/run-upload.ts'
import type { PickedFile } from '../../uploads/upload-store.ts'
import { useFields } from '../../use-fields.ts'

type Props = { files: readonly PickedFile[]; hidden: number; onClose: () => void }

export default function UploadOptions({ files, hidden, onClose }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const batches = useQuery(batchesQuery(project.id))
  const { values, set } = useFields({ batch_name: '', priority: 0 as number | string })
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    startUpload({
      project_id: project.id,
      project_name: project.name,
      files,
      batch_name: values.batch_name.trim() || null,
      priority: Number(values.priority) || 0,
    })
    onClose()
  }
  return (
    <Dialog onClose={onClose} title={t('upload.options', { count: files.length, project: project.name })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text c="dimmed">
            {formatBytes(bytes)}
            {hidden > 0 && ` · ${t('upload.ignored', { count: hidden })}`}
          </Text>
          <Autocomplete
            label={t('field.batch')}
            description={t('upload.batch_hint')}
            data={(batches.data ?? []).map((b) => b.name)}
            maxLength={120}
            value={values.batch_name}
            onChange={(value) => set('batch_name', value)}
            data-autofocus
          />
          <NumberInput
            label={t('field.priority')}
            description={t('upload.priority_hint')}
            min={PRIORITY_MIN}
            max={PRIORITY_MAX}
            allowDecimal={false}
            value={values.priority}
            onChange={(value) => set('priority', value)}
          />
          <Button type="submit" disabled={files.length === 0} style={{ alignSelf: 'flex-end' }}>
            {t('upload.start', { count: files.length })}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
