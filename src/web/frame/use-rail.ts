// Whether the rail is folded: as it was left, and always in a narrow window.
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'

export function useRail(): { isCollapsed: boolean; isNarrow: boolean; toggle: () => void } {
  const [isFolded, setFolded] = useLocalStorage({
    key: 'pixlhub-rail-collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const isNarrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  return { isCollapsed: isFolded || isNarrow, isNarrow, toggle: () => setFolded(!isFolded) }
}
