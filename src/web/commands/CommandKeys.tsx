// Binds the keys of all commands, and shows the sheet for `?`.
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tinykeys } from 'tinykeys'
import { useMe } from '../session.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { loadOwnKeys } from './own-keys.ts'
import { type Command, useBoundCommands, useCommands } from './registry.ts'

const KeysSheet = lazyPart(() => import('./KeysSheet.tsx'))

/** These take away from a text or move in it, with Ctrl by whole words. */
const OF_TEXT = /^(Backspace|Delete|Arrow.*|Home|End)$/

function isInField({ target }: KeyboardEvent): boolean {
  if (target instanceof HTMLElement && target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Nothing is typed there. */
const isForChoosing = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.readOnly)

/** Keys do nothing while a person types, or while a modal is open. */
function isBusy(event: KeyboardEvent): boolean {
  if (isInField(event)) return true
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
}

export function CommandKeys() {
  const { t } = useTranslation()
  const me = useMe()
  useEffect(() => loadOwnKeys(me.id), [me.id])
  const commands = useBoundCommands()
  const [isOpen, setOpen] = useState(false)
  useCommands(
    useMemo(
      () => [{ id: 'keys', title: t('command.keys'), group: 'act', keys: '[Shift]+?', run: () => setOpen(true) }],
      [t],
    ),
  )

  useEffect(() => {
    const bound = commands.filter((c) => c.keys && c.run && !c.isBoundElsewhere)
    const bindings = bound.map((c) => [c.keys as string, (event: KeyboardEvent) => press(c, event)] as const)
    // Which events count is decided in press(): ⌘K works inside a field too.
    return tinykeys(window, Object.fromEntries(bindings), { ignore: (event) => event.repeat || event.isComposing })
  }, [commands])

  return isOpen && <KeysSheet onClose={() => setOpen(false)} />
}

function press(command: Command, event: KeyboardEvent): void {
  // The key was taken already, e.g. by the editor: `g b` there is a class and a tool, not a way to another page.
  if (event.defaultPrevented) return
  const withModifier = command.keys?.includes('$mod') ?? false
  if (!withModifier && isBusy(event)) return
  if (OF_TEXT.test(event.key) && isInField(event) && !isForChoosing(event)) return
  event.preventDefault()
  command.run?.(event)
}
