// Who has how much: a button with their number; the table behind it comes when it is opened.
import { Popover, Skeleton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../format.ts'
import type { ReplyOf } from '../../../queries.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import classes from '../strip.module.css'

export const PeoplePanel = lazyPart(
  () => import('./PeoplePanel.tsx'),
  () => <div style={{ height: 320 }} />,
)

export function PeopleButton({ people }: { people: ReplyOf<'get_task_summary'>['people'] | undefined }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={420}
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.figure}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          onClick={() => setOpen(!isOpen)}
          onPointerEnter={PeoplePanel.preload}
          onFocus={PeoplePanel.preload}
        >
          <span className={classes.figureName}>{t('tasks.strip.people')}</span>{' '}
          {people ? formatNumber(people.length) : <Skeleton component="span" width={20} height={10} />}
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('tasks.strip.people')} p={0}>
        {people && <PeoplePanel people={people} onChosen={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}
