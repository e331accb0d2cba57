// Whether the guide stands beside the image, remembered in this browser, and whether it changed since it was read.
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { guideQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'

/** How often the work screen looks whether the guide changed, ms. */
const LOOK_MS = 60_000

export function useGuide() {
  const [isOpen, setOpen] = useLocalStorage({
    key: 'pixlhub-guide-open',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const { data } = useQuery({ ...guideQuery(useProjectId()), refetchInterval: LOOK_MS })
  const isUnread = data !== undefined && data.text.trim() !== '' && data.version > data.read_version
  return { isOpen, isUnread, toggle: () => setOpen(!isOpen), close: () => setOpen(false) }
}
