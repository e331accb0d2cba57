// The label schema: classes in order, their attributes, and global attributes. Changes are saved together.
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconPlus, IconTags } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../contract/client.ts'
import { type LabelSchema, labelSchemaProblem } from '../../../model/label-schema.ts'
import { api } from '../../api.ts'
import { type ReplyOf, schemaQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { useAct } from '../../use-act.ts'
import { useDraft } from '../../use-draft.ts'
import { useLeaveGuard } from '../../use-leave-guard.ts'
import { ClassTable } from './ClassTable.tsx'
import { newClass, restoreClass, toSend } from './draft.ts'
import { AttributeList, SchemaPreview } from './lazy-parts.ts'

export default function SchemaPage() {
  const project_id = useProjectId()
  const query = useQuery(schemaQuery(project_id))
  const { t } = useTranslation()
  if (!query.data)
    return (
      <Page title={t('schema.title')}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    )
  return <SchemaForm key={project_id} newest={query.data} />
}

type Saved = ReplyOf<'get_label_schema'>
const isNewer = (newest: Saved, opened: Saved) => newest.version > opened.version

function SchemaForm({ newest }: { newest: Saved }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const project_id = useProjectId()
  const { opened, draft, isChanged, setDraft, saved, open } = useDraft(newest, isNewer)
  const { schema } = draft
  const setSchema = (change: (schema: LabelSchema) => LabelSchema) =>
    setDraft((d) => ({ ...d, schema: change(d.schema) }))
  useLeaveGuard(isChanged, t('schema.leave'))
  const key = schemaQuery(project_id).queryKey
  const save = useAct(
    ({ schema }: Saved) =>
      api.put_label_schema({ project_id, version: opened.version, schema: toSend(schema, opened.schema) }),
    {
      isErrorShown: true,
      done: t('schema.saved'),
      onDone: (reply, sent) => {
        client.setQueryData(key, reply)
        saved(sent, reply)
      },
    },
  )
  const load = useAct(() => api.get_label_schema({ project_id }), {
    onDone: (reply) => {
      client.setQueryData(key, reply)
      open(reply)
      save.reset()
    },
  })
  const live = schema.classes.filter((c) => !c.is_removed)
  const removed = schema.classes.filter((c) => c.is_removed)
  const addClass = () => setSchema((s) => ({ ...s, classes: [...s.classes, newClass(s, t('schema.new_class'))] }))
  const isOld = save.error instanceof ApiError && save.error.code === 'stale_schema'
  return (
    <Page
      title={t('schema.title')}
      description={t('schema.version', { version: opened.version })}
      actions={
        live.length > 0 && (
          <Button leftSection={<IconPlus size={14} />} onClick={addClass}>
            {t('schema.add_class')}
          </Button>
        )
      }
    >
      {live.length === 0 ? (
        <EmptyState
          icon={<IconTags size={28} stroke={1.5} />}
          title={t('schema.empty')}
          action={
            <Button leftSection={<IconPlus size={14} />} onClick={addClass}>
              {t('schema.add_class')}
            </Button>
          }
        >
          {t('schema.empty_text')}
        </EmptyState>
      ) : (
        <Section title={t('schema.classes')}>
          <ClassTable schema={schema} saved={opened.schema} onChange={setSchema} />
        </Section>
      )}
      {removed.length > 0 && (
        <Section title={t('schema.removed')}>
          <Text c="dimmed" mb={8}>
            {t('schema.removed_text')}
          </Text>
          <Group gap={8}>
            {removed.map((c) => (
              <Button
                key={c.id}
                variant="default"
                size="compact-sm"
                onClick={() => setSchema((s) => restoreClass(s, c.id))}
              >
                {t('schema.restore')} {c.name}
              </Button>
            ))}
          </Group>
        </Section>
      )}
      <Section title={t('schema.global')}>
        <Text c="dimmed" mb={8}>
          {t('schema.global_text')}
        </Text>
        <AttributeList
          attributes={schema.global_attributes}
          saved={opened.schema.global_attributes}
          class_id={null}
          onChange={(change) => setSchema((s) => ({ ...s, global_attributes: change(s.global_attributes) }))}
        />
      </Section>
      {live.length > 0 && (
        <Section title={t('schema.preview')}>
          <Text c="dimmed" mb={8}>
            {t('schema.preview_text')}
          </Text>
          <SchemaPreview schema={schema} />
        </Section>
      )}
      {isOld && (
        <Alert color="yellow" mb="md">
          {t('schema.conflict')}{' '}
          <ConfirmButton
            question={t('schema.load_question')}
            act={t('schema.load')}
            variant="default"
            loading={load.isPending}
            onConfirm={() => load.mutate()}
          >
            {t('schema.load')}
          </ConfirmButton>
        </Alert>
      )}
      <div style={{ flex: 1 }} />
      <SaveBar
        isChanged={isChanged}
        isSaving={save.isPending}
        error={isOld ? null : save.error}
        act={t('schema.save')}
        problem={labelSchemaProblem(toSend(schema, opened.schema))}
        onSave={() => save.mutate(draft)}
        onDiscard={() => {
          save.reset()
          open(newest)
        }}
      />
    </Page>
  )
}
