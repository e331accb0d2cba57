import { ORGANIZATION_ROLES, type OrganizationRole } from '../../../model/permission.ts'

/** Only an owner makes owners. */
export function grantable(myRole: OrganizationRole): OrganizationRole[] {
  return ORGANIZATION_ROLES.filter((role) => role !== 'owner' || myRole === 'owner')
}
