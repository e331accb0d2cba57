// The button of the views in the page's bar, named after the open one. Everything behind it comes when it is needed.
import { Button, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from '../../../texts/parts.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import type { ColumnsState } from '../columns-state.ts'
import type { TaskUrl } from '../use-task-search.ts'
import { differsFromView } from './open-view.ts'
import classes from './views-menu.module.css'

export const ViewsPanel = lazyPart(
  () => withTexts('views', () => import('./ViewsPanel.tsx')),
  () => <div style={{ height: 160 }} />,
)
const ViewChanges = lazyPart(() => withTexts('views', () => import('./ViewChanges.tsx')))

type Props = { url: TaskUrl; columns: ColumnsState }

/** A line below the bar while the page shows something else than the open view, or the view is out of date. */
export function ViewLine({ url, columns }: Props) {
  const { view } = url
  if (!view || !(differsFromView(url.search) || view.notices.length > 0)) return null
  return <ViewChanges url={url} view={view} columns={columns} />
}

export function ViewsMenu({ url, columns }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const name = url.view?.name ?? t('tasks.views.all')
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={340}
      trapFocus
      returnFocus
      closeOnEscape={false}
      withRoles={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.button}
          rightSection={<IconChevronDown size={13} />}
          aria-label={t('tasks.views.label', { name })}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          onPointerEnter={ViewsPanel.preload}
          onFocus={ViewsPanel.preload}
        >
          <span className={classes.name}>{name}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('tasks.views.title')}>
        <ViewsPanel url={url} columns={columns} onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
