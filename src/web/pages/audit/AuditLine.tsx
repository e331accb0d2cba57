// One line of the audit log: who did what to which task, or to how many.
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoment, formatTime } from '../../format.ts'
import { useProjectId } from '../../session.tsx'
import type { Place } from '../../ui/LongList.tsx'
import { PersonAvatar } from '../../ui/PersonAvatar.tsx'
import { EventText, useActorName } from '../history/EventText.tsx'
import type { EventNames } from '../history/event-sentences.ts'
import { type AuditEntry, Sentence, TaskLink } from './AuditParts.tsx'
import classes from './audit.module.css'
import { OperationLine } from './OperationLine.tsx'

/** `isOpen`: operations are opened up at first sight. */
type Props = { entry: AuditEntry; names: EventNames; isOpen: boolean } & Place

export const AuditLine = memo(function AuditLine({ entry, names, isOpen, ...place }: Props) {
  const actor = useActorName(entry)
  const { event, task, operation } = entry
  return (
    <div className={classes.line} data-type={entry.type} {...place}>
      {entry.actor_id === null ? (
        <span className={classes.systemDot} aria-hidden />
      ) : (
        <PersonAvatar id={entry.actor_id} name={entry.actor_name ?? ''} size={20} />
      )}
      <div className={classes.what}>
        {event && <EventText event={event} names={names} />}
        {operation && <OperationLine operation={operation} actor={actor} isOpen={isOpen} />}
        {entry.import && <ImportLine row={entry.import} actor={actor} />}
        {entry.export && <ExportLine row={entry.export} actor={actor} />}
      </div>
      <div className={classes.where}>{task && <TaskLink task={task} />}</div>
      <time className={classes.when} dateTime={entry.at} title={formatMoment(entry.at)}>
        {formatTime(entry.at)}
      </time>
    </div>
  )
})

function ImportLine({ row, actor }: { row: NonNullable<AuditEntry['import']>; actor: string }) {
  const { t } = useTranslation()
  const project_id = String(useProjectId())
  const link = (
    <Anchor
      renderRoot={(props) => (
        <Link
          {...props}
          to="/projects/$project_id/imports"
          params={{ project_id }}
          search={{ open: row.id }}
          aria-label={t('audit.import.open', { id: row.id })}
        />
      )}
    >
      {t(`audit.import.${row.kind}`)}
    </Anchor>
  )
  return (
    <Sentence
      actor={actor}
      did={link}
      parts={[
        row.source,
        t(row.kind === 'images' ? 'audit.import.created' : 'audit.import.matched', { count: row.created_count }),
        row.duplicate_count > 0 && t('audit.import.duplicates', { count: row.duplicate_count }),
        row.rejected_count > 0 && t('audit.import.rejected', { count: row.rejected_count }),
        t(`audit.import.state.${row.state}`),
      ]}
    />
  )
}

function ExportLine({ row, actor }: { row: NonNullable<AuditEntry['export']>; actor: string }) {
  const { t } = useTranslation()
  return (
    <Sentence
      actor={actor}
      did={t('audit.export.did', { format: t(`audit.export.formats.${row.format}`) })}
      parts={[
        t('audit.export.tasks', { count: row.task_count }),
        t('audit.export.objects', { count: row.object_count }),
        row.with_images && t('audit.export.with_images'),
      ]}
    />
  )
}
