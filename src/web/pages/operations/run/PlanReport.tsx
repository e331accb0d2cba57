// What a plan comes to: the percents that are reached, groups and strata; or how many tasks each person gets.
import { Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../format.ts'
import { PersonName } from '../../../ui/PersonAvatar.tsx'
import { SplitBadge } from '../../../ui/SplitBadge.tsx'
import type { Preview } from './forms/form.ts'
import classes from './plan.module.css'
import runClasses from './run.module.css'

type Report = NonNullable<Preview['plan']>
type SplitReport = Extract<Report, { kind: 'split' }>

export function PlanReport({ report, personName }: { report: Report; personName: (id: number) => string | undefined }) {
  const { t } = useTranslation()
  if (report.kind === 'split') return <SplitPlan report={report} />
  return (
    <table className={classes.reached} aria-label={t('operations.plan.per_person')}>
      <tbody>
        {report.people.map(({ person_id, tasks }) => (
          <tr key={person_id}>
            <th scope="row" className={classes.person} title={personName(person_id)}>
              <PersonName id={person_id} name={personName(person_id) ?? t('tasks.somebody')} />
            </th>
            <td>{t('operations.plan.tasks', { count: tasks })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SplitPlan({ report }: { report: SplitReport }) {
  const { t } = useTranslation()
  const isMissed = report.reached.some((r) => r.tasks !== r.wanted)
  return (
    <Stack gap="sm">
      <table className={classes.reached} aria-label={t('operations.plan.reached')}>
        <thead>
          <tr>
            <th>{t('operations.plan.reached')}</th>
            <th>{t('operations.plan.percent')}</th>
            <th>{t('operations.list.tasks')}</th>
            {isMissed && <th>{t('operations.plan.wanted')}</th>}
          </tr>
        </thead>
        <tbody>
          {report.reached.map((r) => (
            <tr key={r.split}>
              <th scope="row">
                <SplitBadge split={r.split} />
              </th>
              <td>{formatPercent(r.percent)}</td>
              <td>{formatNumber(r.tasks)}</td>
              {isMissed && <td className={runClasses.quiet}>{formatNumber(r.wanted)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {report.groups && <GroupNotes groups={report.groups} />}
      {report.strata && <Strata strata={report.strata} />}
    </Stack>
  )
}

function GroupNotes({ groups }: { groups: NonNullable<SplitReport['groups']> }) {
  const { t } = useTranslation()
  const notes = [
    groups.total > 0 && t('operations.plan.groups', { count: groups.total }),
    groups.total > 0 && t('operations.plan.largest', { count: groups.largest }),
    groups.total > 0 && groups.alone > 0 && t('operations.plan.alone', { count: groups.alone }),
    groups.following > 0 && t('operations.plan.following', { count: groups.following }),
  ].filter((line) => line !== false)
  return (
    <ul className={runClasses.notes}>
      {groups.total === 0 && (
        <li data-warning>
          <IconAlertTriangle size={14} aria-hidden />
          {t('operations.plan.no_groups')}
        </li>
      )}
      {groups.divided > 0 && (
        <li data-warning>
          <IconAlertTriangle size={14} aria-hidden />
          {t('operations.plan.divided', { count: groups.divided })}
        </li>
      )}
      {notes.map((line) => (
        <li key={line}>
          <IconInfoCircle size={14} aria-hidden />
          {line}
        </li>
      ))}
    </ul>
  )
}

function Strata({ strata }: { strata: NonNullable<SplitReport['strata']> }) {
  const { t } = useTranslation()
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by key */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('operations.plan.strata')}>
        <table className={classes.reached}>
          <thead>
            <tr>
              <th>{t('operations.plan.strata')}</th>
              <th>{t('operations.list.tasks')}</th>
              <th>train</th>
              <th>validation</th>
              <th>test</th>
            </tr>
          </thead>
          <tbody>
            {strata.shown.map((s) => (
              <tr key={s.name ?? ''}>
                <th scope="row" className={classes.name} title={s.name ?? undefined}>
                  {s.name ?? <span className={runClasses.quiet}>{t('operations.run.none')}</span>}
                </th>
                <td>{formatNumber(s.tasks)}</td>
                {([s.train, s.validation, s.test] as const).map((n, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
                  <td key={i} title={formatNumber(n)}>
                    {formatPercent((100 * n) / s.tasks)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {strata.total > strata.shown.length && (
        <Text size="xs" c="dimmed">
          {t('operations.plan.more_strata', { count: strata.total - strata.shown.length })}
        </Text>
      )}
    </div>
  )
}

const formatPercent = (percent: number): string => `${percent.toFixed(percent === Math.round(percent) ? 0 : 1)} %`
