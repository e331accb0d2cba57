// The fields of a new account, alike at set-up and behind an invitation.
import { PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { useFields } from '../../use-fields.ts'

type Account = { name: string; email: string; password: string }
type Props = {
  text: ReturnType<typeof useFields<Account>>['text']
  isNameFocused?: boolean
  isEmailFixed?: boolean
}

export function AccountFields({ text, isNameFocused, isEmailFixed }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('set_up.your_name')}
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={200}
        autoFocus={isNameFocused}
        {...text('name')}
      />
      <TextInput
        label={t('field.email')}
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        maxLength={254}
        readOnly={isEmailFixed}
        {...text('email')}
      />
      <PasswordInput
        label={t('field.password')}
        description={t('set_up.password_hint')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={10}
        maxLength={200}
        {...text('password')}
      />
    </>
  )
}
