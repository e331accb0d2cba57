// A tooltip that says what a button does, and its key.
import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
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
  keys === 'Shift+?'
    ? '?'
    : keys
        .split('+')
        .map((key) => NAMES[key] ?? key.toUpperCase())
        .join(isMac ? '' : '+')

export function Hint({ label, keys, children }: { label: string; keys?: string; children: ReactElement }) {
  return (
    <Tooltip
      multiline
      maw={320}
      label={
        <>
          {label}
          {keys && <kbd className={classes.hintKey}>{keyText(keys)}</kbd>}
        </>
      }
      events={{ hover: true, focus: true, touch: false }}
    >
      {children}
    </Tooltip>
  )
}
