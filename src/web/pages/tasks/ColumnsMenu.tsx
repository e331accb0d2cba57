// The button for the columns; its panel is loaded ahead when the pointer or the focus comes near.
import { Button, Popover } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '../../ui/lazy-part.tsx'
import type { ColumnsState } from './columns-state.ts'

export const ColumnsPanel = lazyPart(
  () => import('./ColumnsPanel.tsx'),
  () => <div style={{ height: 440 }} />,
)

type Props = { state: ColumnsState; onChange: (state: ColumnsState) => void }

export function ColumnsMenu({ state, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconColumns3 size={14} />}
          onPointerEnter={ColumnsPanel.preload}
          onFocus={ColumnsPanel.preload}
        >
          {t('tasks.columns.label')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('tasks.columns.title')}>
        <ColumnsPanel state={state} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  )
}
