// What else can be done with the selected tasks: the operations without a button of their own, and a CSV file.
import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ReplyOf } from '../../queries.ts'
import { MenuItems } from '../../ui/MenuItems.tsx'
import type { OfMenu } from '../../ui/use-menu.ts'

type Props = {
  kinds: ReplyOf<'list_operation_kinds'>
  onOperation: (name: string) => void
  onDownload: () => void
}

export default function MoreItems({ kinds, onOperation, onDownload, ...menu }: Props & OfMenu) {
  const { t } = useTranslation()
  return (
    <MenuItems {...menu} position="top-end">
      {kinds.map((kind) => (
        <Menu.Item key={kind.name} onClick={() => onOperation(kind.name)}>
          {kind.title}…
        </Menu.Item>
      ))}
      {kinds.length > 0 && <Menu.Divider />}
      <Menu.Item onClick={onDownload}>{t('tasks.menu.csv_selection')}</Menu.Item>
    </MenuItems>
  )
}
