// My name, my password, my API tokens.
import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { sessionQuery } from '../../queries.ts'
import { useMe } from '../../session.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { Tokens } from './Tokens.tsx'

export default function AccountPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('account.title')} isNarrow>
      <Section title={t('account.profile')}>
        <Profile />
      </Section>
      <Section title={t('account.password')}>
        <Password />
      </Section>
      <Tokens />
    </Page>
  )
}

function Profile() {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const { values, text } = useFields({ name: me.name })
  const update = useAct(() => api.update_me(values), {
    isErrorShown: true,
    done: t('state.saved'),
    onDone: (session) => client.setQueryData(sessionQuery.queryKey, session),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    update.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={360}>
        <TextInput
          label={t('field.name')}
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="name"
          {...text('name')}
        />
        <TextInput label={t('field.email')} value={me.email} readOnly variant="filled" />
        <FormError error={update.error} />
        <Group>
          <Button
            type="submit"
            loading={update.isPending}
            disabled={values.name.trim() === '' || values.name === me.name}
          >
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const NO_PASSWORDS = { current_password: '', new_password: '' }

function Password() {
  const { t } = useTranslation()
  const me = useMe()
  const { values, text, setValues } = useFields(NO_PASSWORDS)
  const change = useAct(() => api.change_password(values), {
    isErrorShown: true,
    done: t('account.password_changed'),
    onDone: () => setValues(NO_PASSWORDS),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={360}>
        {/* Password managers want to know whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
        <PasswordInput
          label={t('account.current_password')}
          required
          withAsterisk={false}
          autoComplete="current-password"
          {...text('current_password')}
        />
        <PasswordInput
          label={t('account.new_password')}
          description={t('set_up.password_hint')}
          required
          withAsterisk={false}
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          {...text('new_password')}
        />
        <FormError error={change.error} />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('account.change_password')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
