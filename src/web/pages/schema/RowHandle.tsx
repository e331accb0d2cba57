// The handle of a row: drag it, or move the row by the arrow keys. Not a button element: Firefox has long refused to drag those.
import { UnstyledButton } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './schema.module.css'
import type { useRowDrag } from './use-row-drag.ts'

type Props = { name: string; handle: ReturnType<ReturnType<typeof useRowDrag>['handle']> }

export function RowHandle({ name, handle }: Props) {
  const { t } = useTranslation()
  return (
    <UnstyledButton
      component="span"
      role="button"
      tabIndex={0}
      className={classes.grip}
      aria-label={t('schema.drag', { name })}
      title="↑ ↓"
      {...handle}
    >
      <IconGripVertical size={15} />
    </UnstyledButton>
  )
}
