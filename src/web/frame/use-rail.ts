// Whether the rail is folded: as it was left, and always in a narrow window.
import { useMediaQuery } from '@mantine/hooks'
import { useRemembered } from '../use-remembered.ts'

export function useRail(): { isCollapsed: boolean; isNarrow: boolean; toggle: () => void } {
  const [isFolded, setFolded] = useRemembered('pixlhub-rail-collapsed', false)
  const isNarrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  return { isCollapsed: isFolded || isNarrow, isNarrow, toggle: () => setFolded(!isFolded) }
}
