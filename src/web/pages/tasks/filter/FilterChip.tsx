// An item of the filter: a condition, or several with “or” between them. Each opens its form; Backspace takes it away.
import { Popover } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../../model/filter.ts'
import { conditionWords, type Names } from './condition-words.ts'
import classes from './filter.module.css'

type Props = {
  parts: readonly Condition[]
  names: Names
  /** Which condition is being changed, or that another one is being added. */
  opened: number | 'or' | null
  placeOf: (part: number) => object
  onOpen: (part: number) => void
  onClose: () => void
  /** @param part null for all of it */
  onRemove: (part: number | null) => void
  children: ReactNode
}

export function FilterChip({ parts, names, opened, placeOf, onOpen, onClose, onRemove, children }: Props) {
  const { t } = useTranslation()
  const said = parts.map((c) => {
    const { title, relation, value } = conditionWords(c, names, t)
    return { title, relation, value, words: `${title} ${relation} ${value}` }
  })
  const all = said.map((s) => s.words).join(` ${t('tasks.filter.or')} `)
  return (
    <Popover
      opened={opened !== null}
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom-start"
      width={320}
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.chip}>
          {said.map(({ title, relation, value, words }, part) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other name than their place
            <Fragment key={part}>
              {part > 0 && <span className={classes.or}>{t('tasks.filter.or')}</span>}
              <button
                type="button"
                {...placeOf(part)}
                className={classes.part}
                title={words}
                aria-label={t('tasks.filter.edit', { words })}
                aria-expanded={opened === part}
                onClick={() => (opened === part ? onClose() : onOpen(part))}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' || event.key === 'Delete') onRemove(part)
                }}
              >
                <span className={classes.title}>{title}</span> <span className={classes.relation}>{relation}</span>{' '}
                <span className={classes.value}>{value}</span>
              </button>
            </Fragment>
          ))}
          {opened === 'or' && <span className={classes.or}>{t('tasks.filter.or')} …</span>}
          <button
            type="button"
            className={classes.remove}
            onClick={() => onRemove(null)}
            aria-label={t('tasks.filter.remove', { words: all })}
          >
            <IconX size={12} />
          </button>
        </span>
      </Popover.Target>
      <Popover.Dropdown tabIndex={-1} role="dialog" aria-label={opened === 'or' ? t('tasks.filter.or_hint') : all}>
        {/* Another condition of the same chip is another form. */}
        <Fragment key={opened}>{children}</Fragment>
      </Popover.Dropdown>
    </Popover>
  )
}
