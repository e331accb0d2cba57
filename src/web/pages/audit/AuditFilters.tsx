// What the log is narrowed to; each choice stands in the address.
import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { useTypedText } from '../../use-typed-text.ts'
import classes from './audit.module.css'
import { type AuditSearch, isDay } from './audit-search.ts'
import { AUDIT_KIND_GROUPS, type AuditKind } from './kinds.ts'

type Props = { search: AuditSearch; onChange: (search: AuditSearch) => void }

export function AuditFilters({ search, onChange }: Props) {
  const { t } = useTranslation()
  const members = useQuery(membersQuery(useProjectId())).data ?? []
  const { kind, person, operation, from, to } = search
  const set = (part: { [K in keyof AuditSearch]: AuditSearch[K] | undefined }) => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined)
    onChange(Object.fromEntries(next) as AuditSearch)
  }
  const isKnown = person === undefined || members.some((m) => m.id === person)
  const day = (field: 'from' | 'to', value: string | undefined) => (
    <TextInput
      type="date"
      w={140}
      aria-label={t(`audit.filter.${field}`)}
      title={t(`audit.filter.${field}`)}
      value={value ?? ''}
      {...(field === 'from' ? { max: to } : { min: from })}
      onChange={(e) => {
        const { value: typed } = e.currentTarget
        if (typed === '' || isDay(typed)) set({ [field]: typed || undefined })
      }}
    />
  )
  return (
    <search className={classes.filters} aria-label={t('audit.filter.label')}>
      <TaskName value={search.task} onChange={(task) => set({ task })} />
      <Select
        w={180}
        aria-label={t('audit.filter.kind')}
        value={kind ?? ''}
        onChange={(value) => set({ kind: (value as AuditKind) || undefined })}
        data={[
          { value: '', label: t('audit.filter.any_kind') },
          ...Object.entries(AUDIT_KIND_GROUPS).map(([group, kinds]) => ({
            group: t(`audit.kinds.${group as 'work'}`),
            items: kinds.map((value) => ({ value, label: t(`audit.kind.${value}`) })),
          })),
        ]}
        allowDeselect={false}
        maxDropdownHeight={420}
      />
      <Select
        w={160}
        aria-label={t('audit.filter.person')}
        value={person === undefined ? '' : String(person)}
        onChange={(value) => set({ person: value ? Number(value) : undefined })}
        data={[
          { value: '', label: t('audit.filter.anybody') },
          ...members.map((m) => ({ value: String(m.id), label: m.name })),
          ...(isKnown ? [] : [{ value: String(person), label: `#${person}` }]),
        ]}
        allowDeselect={false}
        searchable={members.length > 8}
      />
      <span className={classes.days}>
        {day('from', from)}
        <span aria-hidden>–</span>
        {day('to', to)}
      </span>
      {operation !== undefined && (
        <Button
          variant="light"
          rightSection={<IconX size={13} />}
          aria-label={`${t('audit.filter.operation', { id: operation })}. ${t('audit.filter.remove_operation')}`}
          onClick={() => set({ operation: undefined })}
        >
          {t('audit.filter.operation', { id: operation })}
        </Button>
      )}
    </search>
  )
}

/** Asks when the typing rests. */
function TaskName({ value, onChange }: { value: string | undefined; onChange: (task: string | undefined) => void }) {
  const { t } = useTranslation()
  const { text, typed } = useTypedText(value ?? '', (task) => onChange(task || undefined))
  return (
    <TextInput
      w={200}
      leftSection={<IconSearch size={14} />}
      aria-label={t('audit.filter.task')}
      placeholder={t('audit.filter.task')}
      value={text}
      onChange={(e) => typed.type(e.currentTarget.value)}
      rightSection={
        text !== '' && <CloseButton size="xs" aria-label={t('action.clear')} onClick={() => typed.type('')} />
      }
    />
  )
}
