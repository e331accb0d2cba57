// A member in a list: avatar, name, and whether it is oneself. A long name is cut, in full on hover.
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../ui/PersonAvatar.tsx'

export function MemberName({ id, name, isMe }: { id: number; name: string; isMe: boolean }) {
  const { t } = useTranslation()
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: 8, minWidth: 0 }}>
      <PersonAvatar id={id} name={name} size={22} />
      <Text span truncate title={name}>
        {name}
      </Text>
      {isMe && (
        <Text span c="dimmed" style={{ flex: 'none' }}>
          ({t('members.you')})
        </Text>
      )}
    </span>
  )
}
