// A new project: its name and the first classes; everything else has a default.
import { Button, Stack, TagsInput, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { CLASS_COLORS, type LabelSchema } from '../../../model/label-schema.ts'
import { api } from '../../api.ts'
import { projectsQuery } from '../../queries.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'

type Props = { organization_id: number; onClose: () => void }

export default function CreateProject({ organization_id, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog onClose={onClose} title={t('projects.create')}>
      <CreateForm organization_id={organization_id} />
    </Dialog>
  )
}

function CreateForm({ organization_id }: { organization_id: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { values, text, set } = useFields({ name: '', description: '', classes: [] as string[] })
  const create = useAct(
    () =>
      api.create_project({
        organization_id,
        name: values.name,
        description: values.description,
        schema: schemaOf(values.classes),
      }),
    {
      refreshes: [projectsQuery.queryKey],
      isErrorShown: true,
      onDone: (project) =>
        void navigate({ to: '/projects/$project_id/assets', params: { project_id: String(project.id) } }),
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('field.name')}
          placeholder={t('projects.name_hint')}
          required
          withAsterisk={false}
          maxLength={120}
          data-autofocus
          {...text('name')}
        />
        <TextInput label={t('field.description')} maxLength={2000} {...text('description')} />
        <TagsInput
          label={t('projects.first_classes')}
          description={t('projects.first_classes_hint')}
          value={values.classes}
          onChange={(classes) => set('classes', classes)}
          acceptValueOnBlur
          splitChars={[',', ';']}
        />
        <FormError error={create.error} />
        <Button
          type="submit"
          loading={create.isPending}
          disabled={values.name.trim() === ''}
          style={{ alignSelf: 'flex-end' }}
        >
          {t('projects.create')}
        </Button>
      </Stack>
    </form>
  )
}

/** Classes by name, numbered 1…9 as hotkeys, boxes and polygons allowed. */
function schemaOf(names: string[]): LabelSchema {
  return {
    classes: names.map((name, i) => ({
      id: i + 1,
      name,
      color: CLASS_COLORS[i % CLASS_COLORS.length] ?? CLASS_COLORS[0],
      hotkey: i < 9 ? String(i + 1) : null,
      geometries: ['box', 'polygon'],
      attributes: [],
      is_removed: false,
    })),
    global_attributes: [],
  }
}
