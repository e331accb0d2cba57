// What can be done with everything that the page shows, without selecting it.
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type Props = { total: number; onDownload: () => void }

export function PageMenu({ total, onDownload }: Props) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('tasks.menu.label')}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileSpreadsheet size={14} />} disabled={total === 0} onClick={onDownload}>
          {t('tasks.menu.csv', { count: total })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
