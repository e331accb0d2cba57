// What stays together in one split, and what each split holds in the same proportion.
import { Autocomplete, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { compileNamePattern, NAME_PATTERNS } from '../../../../../model/name-pattern.ts'
import { GROUP_BY, type GroupBy, STRATIFY_BY, type StratifyBy } from '../../../../../model/split.ts'
import { api } from '../../../../api.ts'
import { useProjectId } from '../../../../session.tsx'
import classes from '../plan.module.css'

const NOTHING = 'nothing'
const OWN = 'own'
type Preset = keyof typeof NAME_PATTERNS
const PRESETS = Object.keys(NAME_PATTERNS) as Preset[]

type FieldProps<V> = { value: V | undefined; onChange: (value: V | undefined) => void }

export function GroupByField({ value, onChange }: FieldProps<GroupBy>) {
  const { t } = useTranslation()
  const choose = (by: string | null) => {
    if (by === null || by === NOTHING) return onChange(undefined)
    onChange(
      by === 'name'
        ? { by: 'name', pattern: NAME_PATTERNS.before_first_underscore }
        : by === 'metadata'
          ? { by, key: '' }
          : { by: by as GroupBy['by'] },
    )
  }
  return (
    <Stack gap={8}>
      <Select
        label={t('operations.run.group_by')}
        description={t('operations.run.group_hint')}
        allowDeselect={false}
        value={value?.by ?? NOTHING}
        onChange={choose}
        data={[NOTHING, ...GROUP_BY].map((by) => ({
          value: by,
          label: t(`operations.run.groups.${by as GroupBy['by'] | typeof NOTHING}`),
        }))}
      />
      {value?.by === 'metadata' && (
        <MetadataKey value={value.key ?? ''} onChange={(key) => onChange({ by: 'metadata', key })} />
      )}
      {value?.by === 'name' && (
        <NamePattern value={value.pattern ?? ''} onChange={(pattern) => onChange({ by: 'name', pattern })} />
      )}
    </Stack>
  )
}

export function StratifyByField({ value, onChange }: FieldProps<StratifyBy>) {
  const { t } = useTranslation()
  const choose = (by: string | null) => {
    if (by === null || by === NOTHING) return onChange(undefined)
    onChange(by === 'metadata' ? { by, key: '' } : { by: by as StratifyBy['by'] })
  }
  return (
    <Stack gap={8}>
      <Select
        label={t('operations.run.stratify_by')}
        description={t('operations.run.stratify_hint')}
        allowDeselect={false}
        value={value?.by ?? NOTHING}
        onChange={choose}
        data={[NOTHING, ...STRATIFY_BY].map((by) => ({
          value: by,
          label: t(`operations.run.strata.${by as StratifyBy['by'] | typeof NOTHING}`),
        }))}
      />
      {value?.by === 'metadata' && (
        <MetadataKey value={value.key ?? ''} onChange={(key) => onChange({ by: 'metadata', key })} />
      )}
    </Stack>
  )
}

function MetadataKey({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const { data } = useQuery({
    queryKey: ['project', project_id, 'metadata-keys'],
    queryFn: ({ signal }) => api.list_metadata_keys({ project_id }, { signal }),
  })
  return (
    <Autocomplete
      label={t('operations.run.metadata_key')}
      maxLength={200}
      data={data?.keys ?? []}
      limit={50}
      value={value}
      onChange={onChange}
    />
  )
}

function NamePattern({ value, onChange }: { value: string; onChange: (pattern: string) => void }) {
  const { t } = useTranslation()
  const preset = PRESETS.find((name) => NAME_PATTERNS[name] === value)
  return (
    <>
      <Select
        label={t('operations.run.name_part')}
        allowDeselect={false}
        value={preset ?? OWN}
        onChange={(name) => name !== null && onChange(name === OWN ? '' : NAME_PATTERNS[name as Preset])}
        data={[...PRESETS, OWN].map((name) => ({
          value: name,
          label: t(`operations.run.name_parts.${name as Preset | typeof OWN}`),
        }))}
      />
      <TextInput
        label={t('operations.run.pattern')}
        description={t('operations.run.pattern_hint')}
        placeholder="^(video\d+)_"
        classNames={{ input: classes.code }}
        spellCheck={false}
        value={value}
        error={value === '' ? undefined : compileNamePattern(value).problem}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    </>
  )
}
