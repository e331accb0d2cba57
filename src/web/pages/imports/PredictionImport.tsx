// A file of predictions: which model made it, the file, and what became of it. Nothing asks before: annotations stay as they
// are, and what was brought in is replaced by sending it again.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { IconFileCode } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatBytes, formatNumber } from '../../format.ts'
import { predictionSetsQuery, type ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { useAct } from '../../use-act.ts'
import classes from './imports.module.css'

type Report = ReplyOf<'upload_predictions'>

export default function PredictionImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [model, setModel] = useState('')
  const [version, setVersion] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])
  const send = useAct(
    (chosen: File) => {
      stop.current = new AbortController()
      return api.upload_predictions(
        { project_id, model: model.trim(), version: version.trim(), name: chosen.name },
        { bytes: chosen, signal: stop.current.signal },
      )
    },
    {
      isErrorShown: true,
      refreshes: [predictionSetsQuery(project_id).queryKey, ['project', project_id, 'task-predictions']],
    },
  )
  return (
    <Dialog onClose={onClose} title={t('predictions.import')} size="lg" closeOnClickOutside={!send.isPending}>
      {send.data ? (
        <Stack gap="md">
          <ReportView report={send.data} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('action.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Group grow align="flex-start">
            <TextInput
              label={t('predictions.model')}
              placeholder={t('predictions.model_hint')}
              value={model}
              maxLength={100}
              required
              data-autofocus
              onChange={(event) => setModel(event.currentTarget.value)}
            />
            <TextInput
              label={t('predictions.version')}
              placeholder={t('predictions.version_hint')}
              value={version}
              maxLength={100}
              onChange={(event) => setVersion(event.currentTarget.value)}
            />
          </Group>
          <Dropzone
            onDrop={([dropped]) => setFile(dropped ?? null)}
            multiple={false}
            disabled={send.isPending}
            className={classes.drop}
            inputProps={{ 'aria-label': t('predictions.drop') }}
          >
            <div className={classes.dropInner}>
              <IconFileCode size={26} stroke={1.4} />
              <Text fw={500}>{file ? `${file.name} · ${formatBytes(file.size)}` : t('predictions.drop')}</Text>
              <Text c="dimmed">{t('predictions.forms')}</Text>
            </div>
          </Dropzone>
          <FormError error={send.error} />
          <Text c="dimmed" size="xs">
            {t('predictions.promise')}
          </Text>
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              disabled={!file || model.trim() === ''}
              loading={send.isPending}
              onClick={() => file && send.mutate(file)}
            >
              {t('predictions.import')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}

function ReportView({ report }: { report: Report }) {
  const { t } = useTranslation()
  return (
    <>
      <dl className={classes.facts}>
        {(['prediction_count', 'task_count', 'adjusted_count', 'left_out_count', 'unmatched_count'] as const).map(
          (name) => (
            <Fact key={name} label={t(`predictions.${name}`)} value={report[name]} />
          ),
        )}
      </dl>
      <Names title={t('predictions.unmatched_count')} rows={report.unmatched} total={report.unmatched_count} />
      <Names title={t('predictions.left_out_count')} rows={report.left_out} total={report.left_out_count} />
    </>
  )
}

function Fact({ label, value }: { label: string; value: number }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{formatNumber(value)}</dd>
    </>
  )
}

function Names({ title, rows, total }: { title: string; rows: Report['left_out']; total: number }) {
  const { t } = useTranslation()
  if (total === 0) return null
  return (
    <div>
      <Text fw={500}>
        {title}
        {total > rows.length && ` (${t('imports.first_listed', { count: rows.length })})`}
      </Text>
      <ul className={classes.names}>
        {rows.map(({ name, reason }) => (
          <li key={`${name} ${reason}`}>
            <span>{name}</span>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
