// The frame until it is known who looks: rail and bar stand where they will be, so that nothing jumps.
import { PageSkeleton } from '../ui/Skeletons.tsx'
import classes from './frame.module.css'
import { useRail } from './use-rail.ts'

export function FrameSkeleton() {
  return (
    <div className={classes.frame} data-collapsed={useRail().isCollapsed || undefined} aria-busy>
      <div className={classes.rail} />
      <div className={classes.top} />
      <main className={classes.main}>
        <PageSkeleton />
      </main>
    </div>
  )
}
