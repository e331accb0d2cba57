// The form of a new export; its button says how many tasks go in.
import { Button, Radio, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { EXPORT_FORMATS } from '../../../contract/assets.ts'
import type { Selection } from '../../../model/selection.ts'
import { api } from '../../api.ts'
import { exportsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { ALL_TASKS } from './selection.ts'

type Format = (typeof EXPORT_FORMATS)[number]

export function CreateExport({ chosen, onDone }: { chosen: Selection | null; onDone: () => void }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const { values, set } = useFields({
    what: (chosen ? 'some' : 'all') as 'some' | 'all',
    format: 'coco' as Format,
    with_images: true,
  })
  const all = useCount(ALL_TASKS)
  const some = useCount(chosen)
  const count = values.what === 'all' ? all : some
  const create = useAct(
    () =>
      api.create_export({
        project_id,
        format: values.format,
        with_images: values.with_images,
        selection: values.what === 'some' && chosen ? chosen : ALL_TASKS,
      }),
    { refreshes: [exportsQuery(project_id).queryKey], done: t('exports.created'), isErrorShown: true, onDone },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {chosen && (
          <Radio.Group
            label={t('exports.what')}
            value={values.what}
            onChange={(value) => set('what', value as 'some' | 'all')}
          >
            <Stack gap={6} mt={6}>
              <Radio
                value="some"
                label={some === undefined ? t('exports.counting') : t('exports.some', { count: some })}
              />
              <Radio value="all" label={t('exports.all')} />
            </Stack>
          </Radio.Group>
        )}
        <Radio.Group
          label={t('field.format')}
          value={values.format}
          onChange={(value) => set('format', value as Format)}
        >
          <Stack gap={6} mt={6}>
            {EXPORT_FORMATS.map((format) => (
              <Radio
                key={format}
                value={format}
                data-autofocus={format === values.format || undefined}
                label={t(`exports.${format}`)}
                description={t(`exports.${format}_text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Switch
          label={t('exports.with_images')}
          description={t('exports.with_images_text')}
          checked={values.with_images}
          onChange={(event) => set('with_images', event.currentTarget.checked)}
        />
        <Text c="dimmed" size="xs">
          {t('exports.by_split')} {t('exports.counted')}
        </Text>
        <FormError error={create.error} />
        <Button type="submit" loading={create.isPending} disabled={!count} style={{ alignSelf: 'flex-end' }}>
          {count === undefined ? t('exports.create') : t('exports.act', { count })}
        </Button>
      </Stack>
    </form>
  )
}

/** The exact number of tasks of a selection; undefined while unknown. */
function useCount(selection: Selection | null): number | undefined {
  const project_id = useProjectId()
  const counted = useQuery({
    queryKey: ['project', project_id, 'count', 'export', selection],
    queryFn: ({ signal }) => countOf(project_id, selection ?? ALL_TASKS, signal),
    enabled: selection !== null && !('ids' in selection),
  })
  return selection && 'ids' in selection ? selection.ids.length : counted.data?.total
}

/** Exceptions may have left the filter: then they take nothing away, which only the count of the selection knows. */
function countOf(project_id: number, selection: Selection, signal: AbortSignal): Promise<{ total: number }> {
  if ('ids' in selection || selection.except?.length) return api.count_selection({ project_id, selection }, { signal })
  const { filter } = selection
  return api.count_tasks(
    { project_id, ...(filter.conditions.length > 0 ? { filter: JSON.stringify(filter) } : {}) },
    { signal },
  )
}
