// One member of the project, or nobody.
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../../../queries.ts'
import { useProjectId } from '../../../../session.tsx'

const NOBODY = 'nobody'

/** Members as choices: “Name · role”. */
export function usePeople(): { value: string; label: string }[] {
  const { t } = useTranslation()
  const members = useQuery(membersQuery(useProjectId())).data ?? []
  return members.map((m) => ({ value: String(m.id), label: `${m.name} · ${t(`role.${m.role}`)}` }))
}

export function PersonSelect({
  value,
  onChange,
  withNobody = false,
}: {
  value: number | null | undefined
  onChange: (id: number | null) => void
  withNobody?: boolean
}) {
  const { t } = useTranslation()
  const data = usePeople()
  return (
    <Select
      label={t('operations.run.assignee')}
      placeholder={t('operations.run.find_person')}
      data-autofocus
      searchable
      data={withNobody ? [{ value: NOBODY, label: t('operations.run.nobody') }, ...data] : data}
      value={value === undefined ? null : value === null ? NOBODY : String(value)}
      onChange={(next) => next !== null && onChange(next === NOBODY ? null : Number(next))}
    />
  )
}
