// The kinds that the audit log is filtered by, grouped as a person looks for them.
import { EVENT_GROUPS } from '../../../model/event-groups.ts'
import type { EventKind } from '../../../model/task.ts'

export type AuditKind = EventKind | 'operation' | 'import' | 'export'

export const AUDIT_KIND_GROUPS = {
  whole: ['operation', 'import', 'export'],
  work: EVENT_GROUPS.work.kinds,
  status: EVENT_GROUPS.status.kinds,
  people: EVENT_GROUPS.people.kinds,
  data: EVENT_GROUPS.data.kinds,
} as const satisfies Record<string, readonly AuditKind[]>

export const AUDIT_KIND_NAMES: readonly AuditKind[] = Object.values(AUDIT_KIND_GROUPS).flat()
