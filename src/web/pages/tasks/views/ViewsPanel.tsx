// The panel of the views button: all tasks, my views, shared ones; a star for what the page opens with; saving anew.
import { Button, Text } from '@mantine/core'
import { IconLink, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { viewsQuery } from '../../../queries.ts'
import { useProject } from '../../../session.tsx'
import type { ColumnsState } from '../columns-state.ts'
import type { TaskUrl } from '../use-task-search.ts'
import { AskFirst } from './AskFirst.tsx'
import type { TaskView } from './open-view.ts'
import { useCopyLink } from './use-copy-link.ts'
import { useViewActs } from './use-view-acts.ts'
import { ViewForm } from './ViewForm.tsx'
import { ViewRow } from './ViewRow.tsx'
import classes from './views.module.css'

type Props = {
  url: TaskUrl
  columns: ColumnsState
  onClose: () => void
}
type Doing = { act: 'new' } | { act: 'rename' | 'delete'; view: TaskView } | null

export default function ViewsPanel(props: Props) {
  // Escape ends the innermost: the menu of a view closes itself.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && !(event.target as HTMLElement).closest('[role="menu"]')) props.onClose()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key comes up from what is in it
    <div onKeyDown={onKeyDown}>
      <Panel {...props} />
    </div>
  )
}

function Panel({ url, columns, onClose }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const { data, isError } = useQuery(viewsQuery(project.id))
  const acts = useViewActs(url, columns)
  const copyLink = useCopyLink()
  const [doing, setDoing] = useState<Doing>(null)

  if (doing?.act === 'new')
    return (
      <ViewForm
        title={t('views.form.new')}
        hint={t('views.form.hint')}
        initial={{ name: '', is_shared: false }}
        error={acts.create.error}
        isPending={acts.create.isPending}
        onCancel={() => {
          acts.create.reset()
          setDoing(null)
        }}
        onSave={(input) => acts.create.mutate(input, { onSuccess: onClose })}
      />
    )
  if (doing?.act === 'rename')
    return (
      <ViewForm
        title={t('views.form.rename', { name: doing.view.name })}
        initial={{ name: doing.view.name }}
        error={acts.change.error}
        isPending={acts.change.isPending}
        onCancel={() => {
          acts.change.reset()
          setDoing(null)
        }}
        onSave={({ name }) => acts.change.mutate({ view: doing.view, name }, { onSuccess: () => setDoing(null) })}
      />
    )
  if (doing?.act === 'delete')
    return (
      <AskFirst
        title={t('views.panel.delete_title', { name: doing.view.name })}
        text={t(doing.view.is_shared ? 'views.panel.delete_shared' : 'views.panel.delete_own')}
        act={t('views.panel.delete_act', { name: doing.view.name })}
        color="red"
        isPending={acts.remove.isPending}
        onCancel={() => setDoing(null)}
        onAct={() => acts.remove.mutate(doing.view, { onSettled: () => setDoing(null) })}
      />
    )

  const views = data?.views ?? []
  const roleDefault = project.role === 'labeler' ? null : (data?.role_defaults[project.role] ?? null)
  const star = (id: number | null) => ({
    isDefault: data?.default_view_id === id,
    onStar: () =>
      acts.setDefault.mutate({
        view_id: data?.default_view_id === id ? (data?.is_default_mine ? roleDefault : null) : id,
        role: roleDefault,
      }),
  })
  const row = (view: TaskView) => (
    <ViewRow
      key={view.id}
      name={view.name}
      view={view}
      isOpen={url.view?.id === view.id}
      views={data}
      role={project.role}
      acts={acts}
      {...star(view.id)}
      onOpen={() => {
        onClose()
        url.change({ view: view.id, filter: undefined, sort: undefined, columns: undefined })
      }}
      onRename={() => setDoing({ act: 'rename', view })}
      onDelete={() => setDoing({ act: 'delete', view })}
    />
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come up from the buttons in it
    <div onKeyDown={moveBetweenRows}>
      {isError && <Text c="red">{t('views.panel.failed')}</Text>}
      <div className={classes.list}>
        <ViewRow
          name={t('tasks.views.all')}
          isOpen={url.view === undefined}
          {...star(null)}
          onOpen={() => {
            onClose()
            url.reset()
          }}
        />
        <Section title={t('views.panel.own')}>{views.filter((v) => !v.is_shared).map(row)}</Section>
        <Section title={t('views.panel.shared')}>{views.filter((v) => v.is_shared).map(row)}</Section>
        {data && views.length === 0 && (
          <Text size="xs" c="dimmed" px={8} py={6}>
            {t('views.panel.none')}
          </Text>
        )}
      </div>
      <div className={classes.foot}>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          disabled={url.problem !== null}
          onClick={() => setDoing({ act: 'new' })}
        >
          {t('views.panel.save_new')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconLink size={14} />}
          onClick={() => void copyLink(url.search)}
        >
          {t('views.panel.copy_page')}
        </Button>
      </div>
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section aria-label={title}>
      <Text size="xs" c="dimmed" px={8} pt={8} pb={2}>
        {title}
      </Text>
      {children}
    </section>
  )
}

/** Up and down go from view to view; Tab reaches the star and the menu of each. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-view]')]
  const at = rows.indexOf((event.target as HTMLElement).closest('[data-view]') as HTMLElement)
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
