// What can be done with everything that the page shows, without selecting it.
import { Menu } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MenuItems } from '../../ui/MenuItems.tsx'
import type { OfMenu } from '../../ui/use-menu.ts'

type Props = { total: number; onDownload: () => void }

export default function PageItems({ total, onDownload, ...menu }: Props & OfMenu) {
  const { t } = useTranslation()
  return (
    <MenuItems {...menu} position="bottom-end">
      <Menu.Item leftSection={<IconFileSpreadsheet size={14} />} disabled={total === 0} onClick={onDownload}>
        {t('tasks.menu.csv', { count: total })}
      </Menu.Item>
    </MenuItems>
  )
}
