import { expect, test } from 'vitest'
import {
  effectiveRole,
  mayInOrganization,
  mayInProject,
  ORGANIZATION_ACTIONS,
  type OrganizationAction,
  PROJECT_ACTIONS,
  type ProjectAction,
} from './permission.ts'

test('owners and admins act as managers of every project; members only as what the project says', () => {
  for (const role of [null, 'manager', 'reviewer', 'labeler'] as const) {
    expect(effectiveRole('owner', role)).toBe('manager')
    expect(effectiveRole('admin', role)).toBe('manager')
    expect(effectiveRole('member', role)).toBe(role)
    expect(effectiveRole(null, role)).toBe(role)
  }
})

test('a role may never do what the role above may not', () => {
  const rank = { true: 2, own: 1, false: 0 } as Record<string, number>
  for (const action of Object.keys(PROJECT_ACTIONS) as ProjectAction[]) {
    const [manager, reviewer, labeler] = (['manager', 'reviewer', 'labeler'] as const).map(
      (r) => rank[String(mayInProject(r, action))] as number,
    )
    expect([manager, reviewer], action).toEqual([2, Math.max(reviewer as number, labeler as number)])
  }
  for (const action of Object.keys(ORGANIZATION_ACTIONS) as OrganizationAction[]) {
    expect(mayInOrganization('owner', action), action).toBe(true)
    if (mayInOrganization('member', action)) expect(mayInOrganization('admin', action), action).toBe(true)
  }
})

test('bulk operations, settings and the audit log are for managers alone', () => {
  for (const action of ['run_operation', 'manage_project', 'view_audit'] as const) {
    expect(mayInProject('reviewer', action)).toBe(false)
    expect(mayInProject('labeler', action)).toBe(false)
  }
  expect(mayInProject('labeler', 'view_task')).toBe('own')
  expect(mayInProject('labeler', 'review')).toBe(false)
})
