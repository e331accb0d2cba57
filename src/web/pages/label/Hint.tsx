// A tooltip that says what a button does, and its key.
import type { ReactElement } from 'react'
import { Tip } from '../../../editor/view/Tip.tsx'
import { useOwnKeys } from '../../commands/own-keys.ts'
import { isMac } from '../../ui/Keys.tsx'
import classes from './label.module.css'

const NAMES: Record<string, string> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Enter: '↵',
  Backspace: '⌫',
}

/** @param keys in tinykeys' notation */
const keyText = (keys: string): string =>
  /^(Shift|\[Shift\])\+[^a-zA-Z]$/.test(keys)
    ? keys.slice(-1)
    : keys
        .split(/\+(?=.)/)
        .map((key) => NAMES[key] ?? key.toUpperCase())
        .join(isMac ? '' : '+')

type Props = {
  label: string
  /** The usual ones; a person's own are shown in their place. */
  keys?: string
  /** In a dialog, where the usual key works whatever the page has. */
  isFixed?: boolean
  children: ReactElement
}

export function Hint({ label, keys: usual = '', isFixed = false, children }: Props) {
  const own = useOwnKeys()
  const keys = isFixed ? usual : (own.get(usual) ?? usual)
  return (
    <Tip
      multiline
      maw={320}
      label={
        <>
          {label}
          {keys && <kbd className={classes.hintKey}>{keyText(keys)}</kbd>}
        </>
      }
    >
      {children}
    </Tip>
  )
}
