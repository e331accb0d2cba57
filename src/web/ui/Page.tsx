// A page: its title and acts in one line, then the content. `isNarrow` is for forms and reading.
import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import classes from './page.module.css'

type Props = {
  title: string
  /** A sentence beside the title; keep it short. */
  description?: ReactNode
  /** Buttons at the right. */
  actions?: ReactNode
  isNarrow?: boolean
  /** The content fills the height and scrolls by itself (tables, canvases). */
  isFull?: boolean
  children: ReactNode
}

export function Page({ title, description, actions, isNarrow = false, isFull = false, children }: Props) {
  useEffect(() => {
    document.title = `${title} · PixlHub`
  }, [title])
  return (
    <div className={classes.page} data-narrow={isNarrow || undefined} data-full={isFull || undefined}>
      <PageHeader title={title} description={description} actions={actions} />
      {children}
    </div>
  )
}

export function PageHeader({ title, description, actions }: Pick<Props, 'title' | 'description' | 'actions'>) {
  return (
    <header className={classes.header}>
      <div className={classes.heading}>
        <Title order={1}>{title}</Title>
        {description && <div className={classes.description}>{description}</div>}
      </div>
      {actions && (
        <Group gap={8} wrap="nowrap">
          {actions}
        </Group>
      )}
    </header>
  )
}

/** A part of a page under its own heading. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHeader}>
        <Title order={2}>{title}</Title>
        {actions}
      </div>
      {children}
    </section>
  )
}
