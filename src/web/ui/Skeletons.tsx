// Placeholders of the size of what comes, so that nothing jumps.
import { Group, Skeleton, Stack } from '@mantine/core'
import classes from './page.module.css'

const range = (n: number) => Array.from({ length: n }, (_, i) => i)

export function RowsSkeleton({ rows = 8, height = 32 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={4} aria-busy aria-label="Loading" role="status">
      {range(rows).map((i) => (
        <Skeleton key={i} height={height - 4} />
      ))}
    </Stack>
  )
}

export function GridSkeleton({ cells = 18, size = 150 }: { cells?: number; size?: number }) {
  return (
    <div className={classes.skeletonGrid} aria-busy aria-label="Loading" role="status">
      {range(cells).map((i) => (
        <Skeleton key={i} height={size} />
      ))}
    </div>
  )
}

export function FormSkeleton({ fields = 4 }: { fields?: number }) {
  return (
    <Stack gap="lg" aria-busy aria-label="Loading" role="status">
      {range(fields).map((i) => (
        <Stack key={i} gap={6}>
          <Skeleton height={12} width={120} />
          <Skeleton height={30} />
        </Stack>
      ))}
    </Stack>
  )
}

export function PageSkeleton() {
  return (
    <div style={{ padding: '14px 20px' }}>
      <Group justify="space-between" mb={14} h={30}>
        <Skeleton height={18} width={160} />
      </Group>
      <RowsSkeleton rows={10} />
    </div>
  )
}
