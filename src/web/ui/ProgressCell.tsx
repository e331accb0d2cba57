// Completed of total, as a bar with its share.
import { Progress } from '@mantine/core'
import { formatNumber, formatShare } from '../format.ts'

export function ProgressCell({ done, total, label }: { done: number; total: number; label: string }) {
  if (total === 0) return <span style={{ color: 'var(--text-quiet)' }}>–</span>
  const share = done / total
  return (
    <div
      style={{ display: 'flex', alignItems: 'center', gap: 10 }}
      title={`${formatNumber(done)} / ${formatNumber(total)}`}
    >
      <Progress value={share * 100} color="var(--stage-completed-fill)" style={{ flex: 1 }} aria-label={label} />
      <span className="figures" style={{ width: 38, textAlign: 'right', color: 'var(--text-quiet)' }}>
        {formatShare(share)}
      </span>
    </div>
  )
}
