// Open invitation links: for whom, as what, until when; the link itself is not kept.
import { Table, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { Age } from '../../ui/Age.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { Section } from '../../ui/Page.tsx'

type Props = { invitations: ReplyOf<'list_invitations'>; onWithdraw: (id: number) => void }

export function Invitations({ invitations, onWithdraw }: Props) {
  const { t } = useTranslation()
  if (invitations.length === 0) return null
  return (
    <Section title={t('members.invitations')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('field.email')}</Table.Th>
            <Table.Th w={260}>{t('field.role')}</Table.Th>
            <Table.Th w={110}>{t('field.created')}</Table.Th>
            <Table.Th w={130}>{t('field.expires')}</Table.Th>
            <Table.Th w={100}>
              <VisuallyHidden>{t('members.withdraw')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invitations.map((i) => (
            <Table.Tr key={i.id}>
              <Table.Td>{i.email ?? t('members.anybody')}</Table.Td>
              <Table.Td>
                {i.project_role ? t(`role.${i.project_role}`) : t(`role.${i.organization_role}`)}
                {i.project_name && ` · ${i.project_name}`}
              </Table.Td>
              <Table.Td>
                <Age moment={i.created_at} />
              </Table.Td>
              <Table.Td>{formatDay(i.expires_at)}</Table.Td>
              <Table.Td ta="right">
                <ConfirmButton
                  question={t('members.withdraw_question')}
                  act={t('members.withdraw')}
                  onConfirm={() => onWithdraw(i.id)}
                >
                  {t('members.withdraw')}
                </ConfirmButton>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
