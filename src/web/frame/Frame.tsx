// The rail at the left, the bar at the top, the page between them; palette, keys and uploads above all pages.
import { IconPlugOff } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { TipBox } from '../../editor/view/Tip.tsx'
import { reach } from '../api.ts'
import { CommandKeys } from '../commands/CommandKeys.tsx'
import { Palette } from '../commands/load-palette.ts'
import { usePaletteWanted } from '../commands/palette-store.ts'
import { formatTime } from '../format.ts'
import { withTexts } from '../texts/parts.ts'
import { lazyPart, usePreload } from '../ui/lazy-part.tsx'
import { useHasUploads } from '../uploads/upload-store.ts'
import { workInAddress } from '../work-address.ts'
import { FrameCommands } from './FrameCommands.tsx'
import classes from './frame.module.css'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { useRail } from './use-rail.ts'

const UploadPanel = lazyPart(() => withTexts('pages', () => import('../uploads/UploadPanel.tsx')))
const PARTS = [TipBox]
/** Once the page is calm, so that the first ⌘K loses no keystroke. */
const LATER_PARTS = [Palette]
const LATER_MS = 2500

export function Frame() {
  const { t } = useTranslation()
  const { isCollapsed, isNarrow, toggle } = useRail()
  const isPaletteWanted = usePaletteWanted()
  const hasUploads = useHasUploads()
  const main = useScrollToTop()
  usePreload(PARTS)
  usePreload(LATER_PARTS, LATER_MS)
  return (
    <div className={classes.frame} data-collapsed={isCollapsed || undefined}>
      <a className={classes.skip} href="#main">
        {t('nav.skip_to_content')}
      </a>
      <Rail isCollapsed={isCollapsed} onToggle={isNarrow ? null : toggle} />
      <TopBar />
      <Silence />
      <main className={classes.main} id="main" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
      {hasUploads && <UploadPanel />}
      <FrameCommands onToggleRail={toggle} />
      {isPaletteWanted && <Palette />}
      <CommandKeys />
    </div>
  )
}

/** What is shown may be old: there is no network, or no server behind it. */
function Silence() {
  const { t } = useTranslation()
  const isOnline = useSyncExternalStore(followNetwork, () => navigator.onLine)
  const silentSince = useSyncExternalStore(reach.subscribe, reach.silentSince)
  // Who works sees whether it is saved, and the image must not move under the hand.
  const isAtWork = useLocation().search.task !== undefined && workInAddress() !== null
  if (isOnline && (silentSince === null || isAtWork)) return null
  return (
    <div className={classes.offline} role="status">
      <IconPlugOff size={15} />
      {isOnline && silentSince !== null
        ? t('state.no_answer', { time: formatTime(new Date(silentSince).toISOString()) })
        : t('state.offline')}
    </div>
  )
}

function followNetwork(listen: () => void): () => void {
  const stop = new AbortController()
  for (const name of ['online', 'offline']) window.addEventListener(name, listen, { signal: stop.signal })
  return () => stop.abort()
}

/** A new page begins at its top; the scroller is the page area, not the window. */
function useScrollToTop() {
  const ref = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    // The first page is at its top; to scroll there would lay it out once more.
    if (shown.current !== pathname) ref.current?.scrollTo(0, 0)
    shown.current = pathname
  }, [pathname])
  return ref
}
