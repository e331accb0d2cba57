// The top bar: where I am, search, theme, me.
import {
  ActionIcon,
  Menu,
  Text,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import {
  IconChevronRight,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { loadPalette } from '../commands/load-palette.ts'
import { openPalette } from '../commands/palette-store.ts'
import { useAllCommands } from '../commands/registry.ts'
import { projectsQuery } from '../queries.ts'
import { useMe, useOpenProject } from '../session.tsx'
import { Keys } from '../ui/Keys.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import classes from './frame.module.css'
import { SECTION_NAMES, type SectionName } from './sections.ts'
import { useSignOut } from './use-sign-out.ts'

export function TopBar() {
  const { t } = useTranslation()
  return (
    <header className={classes.top}>
      <Crumbs />
      <UnstyledButton className={classes.search} onClick={openPalette} onPointerEnter={() => void loadPalette()}>
        <IconSearch size={14} />
        <span>{t('command.open')}</span>
        <Keys keys="$mod+k" />
      </UnstyledButton>
      <ThemeToggle />
      <MeMenu />
    </header>
  )
}

function Crumbs() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const project = useOpenProject()
  const { data: projects = [] } = useQuery(projectsQuery)
  const last = pathname.split('/').at(3) ?? ''
  const section = SECTION_NAMES.includes(last as SectionName) ? (last as SectionName) : null
  const isInProject = /^\/projects\/\d+/.test(pathname)
  const top = pathname.startsWith('/account')
    ? t('nav.account')
    : pathname.startsWith('/organization')
      ? t('nav.people')
      : t('nav.projects')
  return (
    <nav aria-label={t('nav.where')} style={{ flex: 1, minWidth: 0 }}>
      <ol className={classes.crumbs}>
        <li>
          {isInProject ? (
            <Link to="/projects" activeOptions={{ exact: true }}>
              {top}
            </Link>
          ) : (
            <span aria-current="page">{top}</span>
          )}
        </li>
        {isInProject && project && (
          <li>
            <IconChevronRight size={13} />
            <Menu position="bottom-start" width={260}>
              <Menu.Target>
                <UnstyledButton aria-label={t('nav.switch_project', { name: project.name })}>
                  {project.name}
                </UnstyledButton>
              </Menu.Target>
              <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
                <Menu.Label>{t('nav.projects')}</Menu.Label>
                {projects.map((p) => (
                  <Menu.Item
                    key={p.id}
                    renderRoot={(props) => (
                      <Link {...props} to="/projects/$project_id" params={{ project_id: String(p.id) }} />
                    )}
                  >
                    {p.name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </li>
        )}
        {isInProject && section && (
          <li>
            <IconChevronRight size={13} />
            <span aria-current="page">{t(`section.${section}`)}</span>
          </li>
        )}
      </ol>
    </nav>
  )
}

function ThemeToggle() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const label = isDark ? t('nav.to_light') : t('nav.to_dark')
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={() => setColorScheme(isDark ? 'light' : 'dark')} aria-label={label}>
        {isDark ? <IconSun size={16} stroke={1.6} /> : <IconMoon size={16} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  )
}

function MeMenu() {
  const { t } = useTranslation()
  const me = useMe()
  const signOut = useSignOut()
  const keys = useAllCommands().find((c) => c.id === 'keys')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={t('nav.me', { name: me.name })}>
          <PersonAvatar id={me.id} name={me.name} size={26} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  )
}
