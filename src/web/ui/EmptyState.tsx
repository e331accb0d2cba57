// Nothing here yet: what this is for, and the one thing to do.
import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './page.module.css'

type Props = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }

export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <div className={classes.state}>
      {icon && <div className={classes.stateIcon}>{icon}</div>}
      <Title order={2}>{title}</Title>
      {children && <div className={classes.stateText}>{children}</div>}
      {action && <div className={classes.stateActions}>{action}</div>}
    </div>
  )
}
