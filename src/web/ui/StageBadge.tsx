// A stage by colour and by icon, so that it is told apart without colour too.
import { IconCircleCheckFilled, IconCircleDashed, IconEyeCheck, IconPencil, type IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { StageKind } from '../../model/workflow.ts'
import classes from './badges.module.css'

const ICONS: Record<StageKind, ComponentType<IconProps>> = {
  prepare: IconCircleDashed,
  label: IconPencil,
  review: IconEyeCheck,
  completed: IconCircleCheckFilled,
}

/** CSS colour of a stage kind: for text and icons, or for bars and fills. */
export const stageColor = (kind: StageKind): string => `var(--stage-${kind})`
export const stageFill = (kind: StageKind): string => `var(--stage-${kind}-fill)`

export function StageIcon({ kind, size = 14 }: { kind: StageKind; size?: number }) {
  const Icon = ICONS[kind]
  return <Icon size={size} stroke={1.8} color={stageColor(kind)} aria-hidden style={{ flex: 'none' }} />
}

export function StageBadge({ kind, name }: { kind: StageKind; name: string }) {
  return (
    <span className={classes.stage}>
      <StageIcon kind={kind} />
      <span className={classes.text}>{name}</span>
    </span>
  )
}
