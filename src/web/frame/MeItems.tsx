// The menu of the person who is signed in.
import { Menu, Text } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAllCommands } from '../commands/registry.ts'
import { useMe } from '../session.tsx'
import { Keys } from '../ui/Keys.tsx'
import { MenuItems } from '../ui/MenuItems.tsx'
import type { OfMenu } from '../ui/use-menu.ts'
import { useSignOut } from './use-sign-out.ts'

export default function MeItems(menu: OfMenu) {
  const { t } = useTranslation()
  const me = useMe()
  const signOut = useSignOut()
  const keys = useAllCommands().find((c) => c.id === 'keys')
  return (
    <MenuItems {...menu} position="bottom-end">
      <div style={{ padding: '6px 10px 8px' }}>
        <Text fw={500} truncate>
          {me.name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {me.email}
        </Text>
      </div>
      <Menu.Divider />
      <Menu.Item leftSection={<IconUser size={15} />} renderRoot={(props) => <Link {...props} to="/account" />}>
        {t('nav.account')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconKeyboard size={15} />}
        onClick={() => keys?.run?.()}
        rightSection={<Keys keys="?" />}
      >
        {t('command.keys')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut.mutate()}>
        {t('nav.sign_out')}
      </Menu.Item>
    </MenuItems>
  )
}
