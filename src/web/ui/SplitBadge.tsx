// A split by colour and by letters: Tr, Va, Te (train and test share their first one).
import { IconLock } from '@tabler/icons-react'
import type { Split } from '../../model/task.ts'
import classes from './badges.module.css'

const LETTERS: Record<Split, string> = { train: 'Tr', validation: 'Va', test: 'Te' }

export const splitColor = (split: Split): string => `var(--split-${split})`
export const splitFill = (split: Split): string => `var(--split-${split}-fill)`

/** `–` for none. */
export function SplitBadge({ split, isLocked = false }: { split: Split | null; isLocked?: boolean }) {
  if (!split) return <span className={classes.none}>–</span>
  return (
    <span className={classes.stage}>
      <span className={classes.letters} style={{ color: splitColor(split), borderColor: 'currentColor' }} aria-hidden>
        {LETTERS[split]}
      </span>
      <span className={classes.text}>{split}</span>
      {isLocked && <IconLock size={12} aria-label="locked" />}
    </span>
  )
}
