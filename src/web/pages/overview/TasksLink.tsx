// A number that leads to its tasks.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Filter } from '../../../model/filter.ts'
import { useProjectId } from '../../session.tsx'
import classes from './overview.module.css'

type Props = {
  filter?: Filter
  sort?: string
  /** All tasks, whatever view the page opens with. */
  isAll?: boolean
  isLinkColored?: boolean
  children: ReactNode
  'aria-label'?: string
}

export function TasksLink({ filter, sort, isAll = false, isLinkColored = false, children, ...rest }: Props) {
  const project_id = String(useProjectId())
  return (
    <Link
      to="/projects/$project_id/tasks"
      params={{ project_id }}
      search={{ ...(filter ? { filter } : {}), ...(sort ? { sort } : {}), ...(isAll ? { view: 'none' } : {}) }}
      className={isLinkColored ? classes.coloredLink : classes.link}
      {...rest}
    >
      {children}
    </Link>
  )
}
