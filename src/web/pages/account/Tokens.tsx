// API tokens: create (the secret is shown once), list, delete.
import { Anchor, Button, Code, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Age } from '../../ui/Age.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Section } from '../../ui/Page.tsx'
import { Secret } from '../../ui/Secret.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'

const TOKENS = ['tokens']

export function Tokens() {
  const { t } = useTranslation()
  const [isCreating, setCreating] = useState(false)
  const tokens = useQuery({ queryKey: TOKENS, queryFn: ({ signal }) => api.list_tokens({}, { signal }) })
  const remove = useAct((token_id: number) => api.delete_token({ token_id }), { refreshes: [TOKENS] })
  return (
    <Section
      title={t('account.tokens')}
      actions={
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
          {t('account.create_token')}
        </Button>
      }
    >
      <Text c="dimmed" mb="sm">
        {t('account.tokens_text')}{' '}
        <Anchor href="/api/docs" underline="always">
          /api/docs
        </Anchor>
        .
      </Text>
      <Loaded query={tokens} skeleton={<RowsSkeleton rows={2} />}>
        {(list) =>
          list.length === 0 ? (
            <Text c="dimmed">{t('account.no_tokens')}</Text>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('field.name')}</Table.Th>
                  <Table.Th>{t('account.prefix')}</Table.Th>
                  <Table.Th>{t('field.created')}</Table.Th>
                  <Table.Th>{t('account.last_used')}</Table.Th>
                  <Table.Th>
                    <VisuallyHidden>{t('action.remove')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((token) => (
                  <Table.Tr key={token.id}>
                    <Table.Td>{token.name}</Table.Td>
                    <Table.Td>
                      <Code>{token.prefix}…</Code>
                    </Table.Td>
                    <Table.Td>
                      <Age moment={token.created_at} />
                    </Table.Td>
                    <Table.Td>{token.last_used_at ? <Age moment={token.last_used_at} /> : t('account.never')}</Table.Td>
                    <Table.Td ta="right">
                      <ConfirmButton
                        question={t('account.delete_question', { name: token.name })}
                        act={t('account.delete_token')}
                        onConfirm={() => remove.mutate(token.id)}
                        aria-label={t('schema.remove', { name: token.name })}
                      >
                        {t('action.remove')}
                      </ConfirmButton>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      {isCreating && (
        <Dialog onClose={() => setCreating(false)} title={t('account.create_token')}>
          <NewToken onClose={() => setCreating(false)} />
        </Dialog>
      )}
    </Section>
  )
}

function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { values, text } = useFields({ name: '' })
  const create = useAct(() => api.create_token(values), { refreshes: [TOKENS], isErrorShown: true })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  if (create.data)
    return (
      <Stack gap="md">
        <Secret label={create.data.token.name} value={create.data.secret} hint={t('account.token_once')} />
        <Button variant="default" onClick={onClose} style={{ alignSelf: 'flex-end' }}>
          {t('action.close')}
        </Button>
      </Stack>
    )
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('account.token_name')}
          description={t('account.token_hint')}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...text('name')}
        />
        <FormError error={create.error} />
        <Button type="submit" loading={create.isPending} style={{ alignSelf: 'flex-end' }}>
          {t('account.create_token')}
        </Button>
      </Stack>
    </form>
  )
}
