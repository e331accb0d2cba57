// The top bar: where I am, search, theme, me.
import { ActionIcon, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconChevronRight, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Tip } from '../../editor/view/Tip.tsx'
import { Palette } from '../commands/load-palette.ts'
import { openPalette } from '../commands/palette-store.ts'
import { useMe, useOpenProject } from '../session.tsx'
import { Keys } from '../ui/Keys.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { useMenu } from '../ui/use-menu.ts'
import classes from './frame.module.css'
import { SECTION_NAMES, type SectionName } from './sections.ts'

const ProjectItems = lazyPart(() => import('./ProjectItems.tsx'))
const MeItems = lazyPart(() => import('./MeItems.tsx'))

export function TopBar() {
  const { t } = useTranslation()
  return (
    <header className={classes.top}>
      <Crumbs />
      <UnstyledButton className={classes.search} onClick={openPalette} onPointerEnter={Palette.preload}>
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
            <ProjectMenu name={project.name} />
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
    <Tip label={label}>
      <ActionIcon onClick={() => setColorScheme(isDark ? 'light' : 'dark')} aria-label={label}>
        {isDark ? <IconSun size={16} stroke={1.6} /> : <IconMoon size={16} stroke={1.6} />}
      </ActionIcon>
    </Tip>
  )
}

function ProjectMenu({ name }: { name: string }) {
  const { t } = useTranslation()
  const { button, items } = useMenu(ProjectItems)
  return (
    <>
      <UnstyledButton {...button} aria-label={t('nav.switch_project', { name })}>
        {name}
      </UnstyledButton>
      {items && <ProjectItems {...items} />}
    </>
  )
}

function MeMenu() {
  const { t } = useTranslation()
  const me = useMe()
  const { button, items } = useMenu(MeItems)
  return (
    <>
      <UnstyledButton {...button} className={classes.me} aria-label={t('nav.me', { name: me.name })}>
        <PersonAvatar id={me.id} name={me.name} size={26} />
      </UnstyledButton>
      {items && <MeItems {...items} />}
    </>
  )
}
