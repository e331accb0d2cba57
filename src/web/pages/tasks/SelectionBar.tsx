// The bar at the bottom while something is selected: how many, and what can be done with them.
import { Button } from '@mantine/core'
import { IconArrowBarToDown, IconChevronDown, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ReplyOf } from '../../queries.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useMenu } from '../../ui/use-menu.ts'
import classes from './selection-bar.module.css'

const MoreItems = lazyPart(() => import('./MoreItems.tsx'))

/** The operations that have a button of their own; the server's other ones are under More. */
const FIRST = ['change-status', 'set-split', 'clear-skip', 'assign']

type Props = {
  count: number
  /** Tasks under the filter, when they can all be selected now; null otherwise. */
  offerAll: number | null
  /** How many under the filter are left out, when the filter is what is selected; null otherwise. */
  left: number | null
  isFiltered: boolean
  kinds: ReplyOf<'list_operation_kinds'>
  canExport: boolean
  /** More named one by one than the server takes: nothing can be done with them. */
  isTooMany: boolean
  onDownload: () => void
  onSelectAll: () => void
  onClear: () => void
  onOperation: (name: string) => void
  onExport: () => void
}

export default function SelectionBar({
  count,
  offerAll,
  left,
  isFiltered,
  kinds,
  canExport,
  isTooMany,
  onDownload,
  onSelectAll,
  onClear,
  onOperation,
  onExport,
}: Props) {
  const { t } = useTranslation()
  const first = FIRST.flatMap((name) => kinds.find((k) => k.name === name) ?? [])
  const more = kinds.filter((k) => !FIRST.includes(k.name))
  const { button, items } = useMenu(MoreItems)
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('tasks.selection.label')}>
      <span className={classes.count} role="status">
        {t('tasks.selection.count', { count })}
        {left !== null && isFiltered && (
          <span className={classes.quiet}>
            {' · '}
            {left === 0 ? t('tasks.selection.all_matching') : t('tasks.selection.all_but', { count: left })}
          </span>
        )}
      </span>
      {offerAll !== null && (
        <Button variant="subtle" onClick={onSelectAll}>
          {isFiltered
            ? t('tasks.selection.select_all', { count: offerAll })
            : t('tasks.selection.select_all_plain', { count: offerAll })}
        </Button>
      )}
      <Button variant="subtle" color="gray" leftSection={<IconX size={13} />} onClick={onClear}>
        {t('tasks.selection.clear')}
      </Button>
      <span className={classes.rule} aria-hidden />
      {isTooMany && (
        <span className={classes.quiet} role="alert">
          {t('tasks.selection.too_many')}
        </span>
      )}
      {first.map((kind) => (
        <Button key={kind.name} variant="default" disabled={isTooMany} onClick={() => onOperation(kind.name)}>
          {kind.title}
        </Button>
      ))}
      <Button {...button} variant="default" disabled={isTooMany} rightSection={<IconChevronDown size={13} />}>
        {t('tasks.selection.more')}
      </Button>
      {items && <MoreItems {...items} kinds={more} onOperation={onOperation} onDownload={onDownload} />}
      {canExport && (
        <Button
          variant="default"
          disabled={isTooMany}
          leftSection={<IconArrowBarToDown size={14} />}
          onClick={onExport}
        >
          {t('tasks.selection.export')}
        </Button>
      )}
    </div>
  )
}
