// What was given last, for the attributes that keep it: by this browser, so that a new visit goes on where the last one ended.
import type { Keeping, LastValues } from '../../../editor/workbench.ts'
import type { AttributeValues } from '../../../model/label-schema.ts'
import { remember, remembered } from '../../browser-storage.ts'

/** A text is remembered with each letter of it; the last one is kept. */
const KEEP_MS = 300

export function keptValues(project_id: number, person_id: number): Keeping {
  const place = `pixlhub-last-values-${project_id}-${person_id}`
  const read = () => parseLastValues(remembered(place))
  const fresh = new Map<number | null, Readonly<AttributeValues>>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = () => {
    // Another tab may have kept something meanwhile.
    remember(place, JSON.stringify([...new Map([...read(), ...fresh])]))
    fresh.clear()
  }
  return {
    lastValues: read(),
    onRemember(class_id, values) {
      fresh.set(class_id, values)
      clearTimeout(timer)
      timer = setTimeout(keep, KEEP_MS)
    },
  }
}

/** What was kept; nonsense is as if nothing was. The editor takes of it what the schema allows. */
export function parseLastValues(text: string | null): LastValues {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return new Map(Array.isArray(kept) ? kept.filter(isEntry) : [])
  } catch {
    return new Map()
  }
}

function isEntry(entry: unknown): entry is [number | null, AttributeValues] {
  if (!Array.isArray(entry) || entry.length !== 2) return false
  const [class_id, values] = entry
  return (class_id === null || typeof class_id === 'number') && typeof values === 'object' && values !== null
}
