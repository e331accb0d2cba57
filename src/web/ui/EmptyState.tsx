// Nothing here yet: what this is for, and the one thing to do.
import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './page.module.css'

type Props = {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  /** There is nothing else on the page. */
  isPage?: boolean
}

export function EmptyState({ icon, title, children, action, isPage = false }: Props) {
  return (
    <div className={classes.state}>
      {icon && <div className={classes.stateIcon}>{icon}</div>}
      <Title order={isPage ? 1 : 2} size="h2">
        {title}
      </Title>
      {children && <div className={classes.stateText}>{children}</div>}
      {action && <div className={classes.stateActions}>{action}</div>}
    </div>
  )
}
