// The keys of the page, for the registry and its `?` sheet.
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../../commands/registry.ts'

type Acts = {
  onSearch: () => void
  onEscape: () => void
  /** null while no task is open */
  onStep: ((by: 1 | -1) => void) | null
  onSelectAll: (() => void) | null
  onFocusGrid: () => void
  onJump: () => void
}

export function usePageCommands(acts: Acts): void {
  const { t } = useTranslation()
  const latest = useRef(acts)
  latest.current = acts
  const hadOverlay = useOverlayBeforeKey()
  const commands = useMemo(() => {
    const listed = (id: string, title: string, keys: string): Command => ({
      id: `tasks-${id}`,
      title,
      keys,
      group: 'page',
      isKeyOnly: true,
      isBoundElsewhere: true,
    })
    const bound = (id: string, title: string, keys: string, run: () => void): Command => ({
      id: `tasks-${id}`,
      title,
      keys,
      group: 'page',
      run,
    })
    return [
      bound('search', t('tasks.keys.search'), '/', () => latest.current.onSearch()),
      bound('jump', t('tasks.keys.jump'), 'g', () => latest.current.onJump()),
      listed('move', t('tasks.keys.move'), 'ArrowUp ArrowDown ArrowLeft ArrowRight'),
      listed('page', t('tasks.keys.page'), 'PageUp PageDown'),
      listed('ends', t('tasks.keys.ends'), 'Home End'),
      listed('select', t('tasks.keys.select'), 'Space'),
      listed('range', t('tasks.keys.range'), 'Shift+ArrowDown'),
      listed('all', t('tasks.keys.all'), '$mod+a'),
      listed('open', t('tasks.keys.open'), 'Enter'),
      {
        ...bound('close', t('tasks.keys.close'), 'Escape', () => !hadOverlay.current && latest.current.onEscape()),
        isKeyOnly: true,
      },
      { ...bound('next', t('tasks.keys.next'), 'j', () => latest.current.onStep?.(1)), isKeyOnly: true },
      { ...bound('previous', t('tasks.keys.previous'), 'k', () => latest.current.onStep?.(-1)), isKeyOnly: true },
      listed('sort', t('tasks.keys.sort'), 'Enter'),
      listed('resize', t('tasks.keys.resize'), 'Shift+ArrowRight'),
      listed('reorder', t('tasks.keys.reorder'), 'Alt+ArrowRight'),
      listed('column-menu', t('tasks.keys.menu'), 'Shift+F10'),
    ]
  }, [t, hadOverlay])
  useCommands(commands)

  // Outside of fields, select-all is meant for the grid; so is the down arrow where nothing else uses it.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.defaultPrevented || target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
      if (hasOverlay()) return
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a' && latest.current.onSelectAll) {
        event.preventDefault()
        latest.current.onSelectAll()
      } else if (
        event.key === 'ArrowDown' &&
        (target === document.body || target.id === 'main' || target.hasAttribute('aria-pressed'))
      ) {
        event.preventDefault()
        latest.current.onFocusGrid()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

const OVERLAY = '[role="dialog"], [role="menu"], [role="listbox"], .mantine-Popover-dropdown'

/** Closed dropdowns may stay in the DOM, hidden. */
const hasOverlay = (): boolean => [...document.querySelectorAll(OVERLAY)].some((element) => element.checkVisibility())

/** Whether something lay over the page when the key went down: Escape closes that first, and is gone by now. */
function useOverlayBeforeKey() {
  const had = useRef(false)
  useEffect(() => {
    const look = () => {
      had.current = hasOverlay()
    }
    window.addEventListener('keydown', look, true)
    return () => window.removeEventListener('keydown', look, true)
  }, [])
  return had
}
