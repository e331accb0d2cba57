// The report of an annotation import: what matches, what does not, what is left out; then Confirm or cancel.
import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { type ImportRow, importsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { useAct } from '../../use-act.ts'
import classes from './imports.module.css'

type Report = NonNullable<ImportRow['report']>

export function ImportReport({ row, report, onClose }: { row: ImportRow; report: Report; onClose: () => void }) {
  const { t } = useTranslation()
  const facts: [string, number, 'warn'?][] = [
    [t('imports.files'), report.files],
    [t('imports.matched'), report.matched_tasks],
    [t('imports.objects'), report.objects],
    [t('imports.replaced'), report.replaced_count, 'warn'],
    [t('imports.not_in_prepare'), report.not_in_prepare_count, 'warn'],
  ]
  return (
    <Stack gap="md">
      <dl className={classes.facts}>
        {facts.map(([name, n, warn]) => (
          <Fact key={name} name={name} n={n} isWarning={warn === 'warn' && n > 0} />
        ))}
      </dl>
      <Names title={t('imports.classes')} total={report.known_classes.length + report.unknown_classes.length}>
        {[
          ...report.unknown_classes.map(
            (c) => [c.name, `${t('imports.unknown')} · ${t('count.object', { count: c.objects })}`] as const,
          ),
          ...report.known_classes.map((c) => [c.name, t('count.object', { count: c.objects })] as const),
        ]}
      </Names>
      <Names title={t('imports.left_out')} total={report.left_out_count}>
        {report.left_out.map((o) => [o.name, o.reason] as const)}
      </Names>
      <Names title={t('imports.adjusted')} total={report.adjusted_count}>
        {report.adjusted.map((o) => [o.name, o.reason] as const)}
      </Names>
      <Names title={t('imports.disallowed')} total={report.disallowed_geometries.length}>
        {report.disallowed_geometries.map(
          (d) => [d.name, `${t(`schema.${d.geometry}`)} · ${t('count.object', { count: d.objects })}`] as const,
        )}
      </Names>
      <Names title={t('imports.unmatched')} total={report.unmatched_count}>
        {report.unmatched.map((name) => [name, ''] as const)}
      </Names>
      <Names title={t('imports.ambiguous')} total={report.ambiguous_count}>
        {report.ambiguous.map((name) => [name, ''] as const)}
      </Names>
      {row.state === 'reported' && <Decide row={row} report={report} onClose={onClose} />}
    </Stack>
  )
}

function Decide({ row, report, onClose }: { row: ImportRow; report: Report; onClose: () => void }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [unknown, setUnknown] = useState<'create' | 'leave_out'>('create')
  const refreshes = [
    ['project', project_id, 'import', row.id],
    [...importsQuery(project_id).queryKey],
    ['project', project_id, 'schema'],
    ['project', project_id, 'summary'],
  ]
  const confirm = useAct(() => api.confirm_import({ project_id, import_id: row.id, unknown_classes: unknown }), {
    refreshes,
  })
  const cancel = useAct(() => api.cancel_import({ project_id, import_id: row.id }), { refreshes, onDone: onClose })
  return (
    <Stack gap="md">
      {report.unknown_classes.length + report.disallowed_geometries.length > 0 && (
        <Radio.Group
          label={t('imports.unknown_choice')}
          value={unknown}
          onChange={(value) => setUnknown(value as 'create' | 'leave_out')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="create" label={t('imports.create')} />
            <Radio value="leave_out" label={t('imports.leave_out')} />
          </Stack>
        </Radio.Group>
      )}
      {report.matched_tasks === 0 && <Text c="var(--mark-skipped)">{t('imports.nothing_to_apply')}</Text>}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('imports.cancel')}
        </Button>
        <Button disabled={report.matched_tasks === 0} loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('imports.confirm', { count: report.matched_tasks })}
        </Button>
      </Group>
    </Stack>
  )
}

function Fact({ name, n, isWarning }: { name: string; n: number; isWarning: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd style={isWarning ? { color: 'var(--mark-skipped)', fontWeight: 600 } : undefined}>{formatNumber(n)}</dd>
    </>
  )
}

/** A list of names with what is said of each; nothing when it is empty. */
function Names({
  title,
  total,
  children,
}: {
  title: string
  total: number
  children: readonly (readonly [string, string])[]
}) {
  const { t } = useTranslation()
  if (total === 0) return null
  return (
    <div>
      <Group justify="space-between">
        <Text fw={500}>{title}</Text>
        <Text className="figures">
          {formatNumber(total)}
          {children.length < total && (
            <Text span c="dimmed">{` · ${t('imports.first_listed', { count: children.length })}`}</Text>
          )}
        </Text>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keys */}
      <ul className={classes.names} tabIndex={0} aria-label={title}>
        {children.map(([name, note], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one file may be named several times
          <li key={i}>
            <span>{name}</span>
            {note && <span>{note}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
