// The uploads at the bottom right, on every page: progress, results file by file, cancel, try again.
import { ActionIcon, Button, Group, Progress, SegmentedControl, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconChevronDown, IconChevronUp, IconCopy, IconX } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatNumber } from '../format.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { cancelUpload, forgetUpload, repeatUpload } from './run-upload.ts'
import classes from './upload.module.css'
import { type FileState, isRunning, type Upload, useUploads } from './upload-store.ts'

/** Rows drawn at once; the import's own page lists every file. */
const ROWS = 200

export default function UploadPanel() {
  const uploads = useUploads()
  return (
    <div className={classes.stack}>
      {uploads.map((upload) => (
        <UploadCard key={upload.id} upload={upload} />
      ))}
    </div>
  )
}

function UploadCard({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const running = isRunning(upload)
  const problems = upload.counts.rejected + upload.counts.failed
  return (
    <section className={classes.card} aria-label={t('upload.title')}>
      <div className={classes.head}>
        <Text fw={500} truncate style={{ flex: 1 }}>
          {titleOf(upload, t)}
        </Text>
        <ActionIcon
          size={24}
          aria-label={isOpen ? t('upload.hide') : t('upload.show')}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={15} /> : <IconChevronUp size={15} />}
        </ActionIcon>
        {!running && (
          <ActionIcon size={24} aria-label={t('action.close')} onClick={() => forgetUpload(upload)}>
            <IconX size={15} />
          </ActionIcon>
        )}
      </div>
      <Progress
        value={shareOf(upload) * 100}
        color={upload.phase === 'failed' ? 'red' : upload.phase === 'done' ? 'var(--stage-completed-fill)' : undefined}
        aria-label={t('upload.title')}
      />
      <Group justify="space-between" gap={8} wrap="nowrap" mt={6}>
        <Text size="xs" c="dimmed" className="figures" role="status">
          {running
            ? t('upload.uploading', {
                done: formatNumber(upload.finished),
                total: formatNumber(upload.total),
                bytes: `${formatBytes(upload.bytes_sent)} / ${formatBytes(upload.bytes_total)}`,
              })
            : [
                `${formatNumber(upload.counts.created)} ${t('upload.created')}`,
                ...(upload.counts.duplicate
                  ? [`${formatNumber(upload.counts.duplicate)} ${t('upload.duplicate')}`]
                  : []),
                ...(problems ? [`${formatNumber(problems)} ${t('upload.rejected')}`] : []),
              ].join(' · ')}
        </Text>
        {running && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => cancelUpload(upload.id)}>
            {t('upload.cancel')}
          </Button>
        )}
        {!running && upload.remaining.length > 0 && (
          <Button size="compact-xs" onClick={() => repeatUpload(upload)}>
            {t('upload.repeat', { count: upload.remaining.length })}
          </Button>
        )}
      </Group>
      {upload.error && (
        <Text size="xs" c="var(--mark-returned)" mt={4} role="alert">
          {upload.error}
        </Text>
      )}
      {upload.phase === 'cancelled' && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('upload.cancelled_text')}
        </Text>
      )}
      {(isOpen || (!running && problems > 0)) && <Results upload={upload} />}
    </section>
  )
}

function Results({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const hasProblems = upload.counts.rejected + upload.counts.failed > 0
  const [only, setOnly] = useState<'all' | 'problems'>(hasProblems ? 'problems' : 'all')
  const items = upload.items.filter((i) => only === 'all' || i.state === 'rejected' || i.state === 'failed')
  return (
    <>
      {hasProblems && (
        <SegmentedControl
          mt={8}
          size="xs"
          value={only}
          onChange={(value) => setOnly(value as 'all' | 'problems')}
          data={[
            { value: 'problems', label: t('upload.only_problems') },
            { value: 'all', label: t('upload.all') },
          ]}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keys */}
      <ul className={classes.items} tabIndex={0} aria-label={t('upload.items')}>
        {items.slice(0, ROWS).map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat
          <li key={i}>
            <StateIcon state={item.state} />
            <span className={classes.itemName} title={item.name}>
              {item.name}
              {item.reason && <span className={classes.reason}>{item.reason}</span>}
            </span>
            <span className={classes.itemState}>
              {t(`upload.${item.state === 'sending' ? 'waiting' : item.state}`)}
            </span>
          </li>
        ))}
      </ul>
      {upload.import_id && (
        <TextLink
          size="xs"
          to="/projects/$project_id/imports"
          params={{ project_id: String(upload.project_id) }}
          search={{ open: upload.import_id }}
        >
          {t('upload.open_import')}
        </TextLink>
      )}
    </>
  )
}

function StateIcon({ state }: { state: FileState }) {
  if (state === 'created') return <IconCheck size={14} color="var(--stage-completed)" aria-hidden />
  if (state === 'duplicate') return <IconCopy size={14} color="var(--text-quiet)" aria-hidden />
  return <IconAlertTriangle size={14} color="var(--mark-returned)" aria-hidden />
}

/** By bytes, so that one large file moves the bar; a file that is here already counts as sent. */
function shareOf(upload: Upload): number {
  if (upload.phase === 'done') return 1
  return upload.bytes_total === 0 ? 0 : Math.min(1, upload.bytes_sent / upload.bytes_total)
}

function titleOf(upload: Upload, t: TFunction): string {
  switch (upload.phase) {
    case 'checking':
      return t('upload.checking', { done: formatNumber(upload.checked), total: formatNumber(upload.total) })
    case 'sending':
      return t('upload.uploading_title', { project: upload.project_name })
    case 'done':
      return t('upload.done_title')
    case 'cancelled':
      return t('upload.cancelled_title')
    case 'failed':
      return t('upload.failed_title')
  }
}
