// Small pieces of the log's lines.
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import classes from './audit.module.css'

export type AuditEntry = ReplyOf<'list_audit'>['entries'][number]

export function TaskLink({ task }: { task: { id: number; name: string } }) {
  const { t } = useTranslation()
  const project_id = String(useProjectId())
  const name = task.name || `#${task.id}`
  return (
    <Anchor
      className={classes.task}
      renderRoot={(props) => (
        <Link
          {...props}
          to="/projects/$project_id/tasks"
          params={{ project_id }}
          search={{ task: task.id }}
          title={name}
          aria-label={t('audit.open_task', { name })}
        />
      )}
    >
      {name}
    </Anchor>
  )
}

/** “Mira” “imported images” and the numbers that belong to it. */
export function Sentence({ actor, did, parts }: { actor: string; did: ReactNode; parts: (string | false)[] }) {
  const shown = parts.filter((part) => part !== false && part !== '')
  return (
    <>
      <span className={classes.actor}>{actor}</span> {did}
      {shown.length > 0 && <div className={classes.quiet}>{shown.join(' · ')}</div>}
    </>
  )
}
