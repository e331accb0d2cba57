// The project's name, its workflow and how work is handed out.
import { Button, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { IconBook2 } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { type Project, projectQuery, projectsQuery } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { StageIcon } from '../../ui/StageBadge.tsx'
import { useAct } from '../../use-act.ts'
import { useDraft } from '../../use-draft.ts'
import { useLeaveGuard } from '../../use-leave-guard.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { changesOf, type SettingsValues, valuesOf } from './settings-values.ts'

const SECONDS_PER_MINUTE = 60

export default function SettingsPage() {
  const project = useProject()
  return <SettingsForm key={project.id} project={project} />
}

function SettingsForm({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { opened, draft: values, isChanged, setDraft, saved, open } = useDraft(valuesOf(project))
  const set = <K extends keyof SettingsValues>(name: K, value: SettingsValues[K]) =>
    setDraft((d) => ({ ...d, [name]: value }))
  const setting = <K extends keyof Project['settings']>(name: K, value: Project['settings'][K]) =>
    set('settings', { ...values.settings, [name]: value })
  useLeaveGuard(isChanged, t('settings.leave'))
  const save = useAct(
    (sent: SettingsValues) => api.update_project({ project_id: project.id, ...changesOf(opened, sent) }),
    {
      isErrorShown: true,
      done: t('settings.saved'),
      refreshes: [projectsQuery.queryKey],
      onDone: (reply, sent) => {
        client.setQueryData(projectQuery(project.id).queryKey, reply)
        saved(sent, valuesOf(reply))
      },
    },
  )
  const flag = (name: 'review_enabled' | 'allow_skip' | 'allow_self_review' | 'release_on_import') => ({
    checked: values.settings[name],
    onChange: (event: { currentTarget: { checked: boolean } }) => setting(name, event.currentTarget.checked),
  })
  const { settings } = values
  return (
    <Page title={t('settings.title')} isNarrow>
      <Section title={t('settings.general')}>
        <Stack gap="sm" maw={460}>
          <TextInput
            label={t('field.name')}
            maxLength={120}
            value={values.name}
            onChange={(event) => set('name', event.currentTarget.value)}
          />
          <Textarea
            label={t('field.description')}
            maxLength={2000}
            value={values.description}
            onChange={(event) => set('description', event.currentTarget.value)}
          />
        </Stack>
      </Section>
      <Section title={t('settings.guide')}>
        <Text c="dimmed" mb={8}>
          {t('settings.guide_text')}
        </Text>
        <Button
          variant="default"
          leftSection={<IconBook2 size={14} />}
          renderRoot={(props) => (
            <Link {...props} to="/projects/$project_id/settings/guide" params={{ project_id: String(project.id) }} />
          )}
        >
          {t('settings.guide_open')}
        </Button>
      </Section>
      <Section title={t('settings.workflow')}>
        <Stack gap="sm" maw={460}>
          {values.stages.map((stage, i) => (
            <TextInput
              key={stage.id}
              label={i === 0 ? t('settings.stage_names') : undefined}
              aria-label={t(`settings.kind.${stage.kind}`)}
              leftSection={<StageIcon kind={stage.kind} />}
              rightSection={
                <span
                  style={{
                    color: 'var(--text-quiet)',
                    fontSize: 12,
                    whiteSpace: 'nowrap',
                    marginLeft: 'auto',
                    paddingRight: 10,
                  }}
                >
                  {t(`settings.kind.${stage.kind}`)}
                </span>
              }
              rightSectionWidth={120}
              maxLength={60}
              value={stage.name}
              onChange={(event) => {
                const name = event.currentTarget.value
                set(
                  'stages',
                  values.stages.map((s) => (s.id === stage.id ? { ...s, name } : s)),
                )
              }}
            />
          ))}
          <Switch
            mt={6}
            label={t('settings.review_enabled')}
            description={t('settings.review_enabled_text')}
            {...flag('review_enabled')}
          />
          <NumberSetting
            label={t('settings.sampling')}
            min={0}
            max={100}
            suffix=" %"
            disabled={!settings.review_enabled}
            value={settings.review_sampling_percent}
            onChange={(value) => setting('review_sampling_percent', value)}
          />
          <Switch
            label={t('settings.self_review')}
            description={t('settings.self_review_text')}
            {...flag('allow_self_review')}
          />
        </Stack>
      </Section>
      <Section title={t('settings.work')}>
        <Stack gap="sm" maw={460}>
          <Switch
            label={t('settings.release')}
            description={t('settings.release_text')}
            {...flag('release_on_import')}
          />
          <Switch
            label={t('settings.allow_skip')}
            description={t('settings.allow_skip_text')}
            {...flag('allow_skip')}
          />
          <NumberSetting
            label={t('settings.idle')}
            description={t('settings.idle_text')}
            min={5}
            max={3600}
            allowDecimal={false}
            suffix={` ${t('settings.seconds')}`}
            value={settings.idle_threshold_s}
            onChange={(value) => setting('idle_threshold_s', value)}
          />
          <NumberSetting
            label={t('settings.lease')}
            description={t('settings.lease_text')}
            min={1}
            max={1440}
            suffix={` ${t('settings.minutes')}`}
            value={settings.lease_timeout_s / SECONDS_PER_MINUTE}
            onChange={(value) => setting('lease_timeout_s', Math.round(value * SECONDS_PER_MINUTE))}
          />
        </Stack>
      </Section>
      <SaveBar
        isChanged={isChanged}
        isSaving={save.isPending}
        error={save.error}
        act={t('settings.save')}
        onSave={() => save.mutate(values)}
        onDiscard={() => {
          save.reset()
          open(valuesOf(project))
        }}
      />
    </Page>
  )
}
