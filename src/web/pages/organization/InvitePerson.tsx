// A person for the organization, by an invitation link.
import { useTranslation } from 'react-i18next'
import type { OrganizationRole } from '../../../model/permission.ts'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { InviteByLink } from '../members/InviteByLink.tsx'
import { grantable } from './grantable.ts'

type Props = { organization: { id: number; name: string; role: OrganizationRole }; onClose: () => void }

export default function InvitePerson({ organization, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog onClose={onClose} title={t('members.invite_title', { name: organization.name })}>
      <InviteByLink
        roles={grantable(organization.role)}
        defaultRole="member"
        invite={(organization_role, email) =>
          api.create_invitation({ organization_id: organization.id, organization_role, ...(email ? { email } : {}) })
        }
        refreshes={[['organization', organization.id, 'invitations']]}
        onClose={onClose}
      />
    </Dialog>
  )
}
