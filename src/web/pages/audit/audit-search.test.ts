import { expect, test } from 'vitest'
import { AUDIT_KINDS } from '../../../contract/audit.ts'
import { audit } from '../../texts/en-audit.ts'
import { parseAuditSearch, toQuery } from './audit-search.ts'
import { AUDIT_KIND_GROUPS, AUDIT_KIND_NAMES } from './kinds.ts'

test('every kind of the log can be chosen, once, and has a name', () => {
  expect([...AUDIT_KIND_NAMES].sort()).toEqual([...AUDIT_KINDS].sort())
  expect(Object.keys(audit.kind).sort()).toEqual([...AUDIT_KINDS].sort())
  expect(Object.keys(audit.kinds).sort()).toEqual(Object.keys(AUDIT_KIND_GROUPS).sort())
})

test('an address holds what makes sense, and no more', () => {
  const good = { kind: 'submitted', person: 3, operation: 9, from: '2026-11-01', to: '2026-11-02', task: 'street' }
  expect(parseAuditSearch(good)).toEqual(good)
  const bad = { kind: 'eaten', person: 'x', operation: -1, from: 'yesterday', to: '2026-13-40', task: '  ', more: 1 }
  expect(parseAuditSearch(bad)).toEqual({})
  expect(parseAuditSearch({ task: 4711 })).toEqual({ task: '4711' })
})

test('days are whole days where the person is', () => {
  const { from, to } = toQuery({ from: '2026-11-01', to: '2026-11-01' }) as { from: string; to: string }
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000 - 1)
  expect(new Date(from).getHours()).toBe(0)
  expect(toQuery({})).toEqual({})
})
