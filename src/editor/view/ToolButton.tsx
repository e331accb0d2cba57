// A button of the toolbar, a column at the left, and the tooltip with what it does and its key.
import { ActionIcon, type FloatingPosition, Group } from '@mantine/core'
import { type MouseEvent, type ReactElement, type ReactNode, useSyncExternalStore } from 'react'
import { boundKeys, type KeyEntry, keyHint, onRebound } from '../keys.ts'
import { texts } from '../texts.ts'
import { Tip } from './Tip.tsx'
import styles from './toolbar.module.css'
import { isMac, keepFocus } from './use-editor.ts'

/** The key of an action, as it is printed; nothing if it has none. */
export function KeyCap({ action }: { action: KeyEntry['id'] }) {
  useSyncExternalStore(onRebound, boundKeys)
  const keys = keyHint(action, isMac)
  return keys ? <kbd className={styles.keys}>{keys}</kbd> : null
}

type HintedProps = { children: ReactElement; position?: FloatingPosition } & (
  | { action: KeyEntry['id'] }
  | { label: string }
)

export function Hinted({ children, position = 'top', ...of }: HintedProps) {
  const label = (
    <Group gap={8} wrap="nowrap">
      {'action' in of ? texts.actions[of.action] : of.label}
      {'action' in of && <KeyCap action={of.action} />}
    </Group>
  )
  return (
    <Tip label={label} delay={400} position={position}>
      {children}
    </Tip>
  )
}

/** What it does: one of the editor's actions, or else in words. */
type ToolButtonProps = ({ action: KeyEntry['id'] } | { label: string }) & {
  isOn?: boolean
  isDisabled?: boolean
  /** Of one that opens something: whether that is open. */
  isExpanded?: boolean
  onClick: (event: MouseEvent) => unknown
  children: ReactNode
}

export function ToolButton({ isOn, isDisabled, isExpanded, onClick, children, ...of }: ToolButtonProps) {
  return (
    <Hinted position="right" {...of}>
      <ActionIcon
        size={32}
        className={styles.button}
        variant={isOn ? 'filled' : 'subtle'}
        color={isOn ? undefined : 'gray'}
        aria-label={'action' in of ? texts.actions[of.action] : of.label}
        aria-pressed={isOn}
        aria-expanded={isExpanded}
        disabled={isDisabled}
        onMouseDown={keepFocus}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Hinted>
  )
}
