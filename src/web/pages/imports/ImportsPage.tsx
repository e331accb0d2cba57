// Every upload of images or annotations, newest first; a row opens what became of its files.
import { Anchor, Button, Group, Table } from '@mantine/core'
import { IconFileImport, IconSparkles, IconTags } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../format.ts'
import { type ImportRow, importsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { SideSheet } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { Page } from '../../ui/Page.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'
import { ImportStateBadge } from './ImportStateBadge.tsx'
import { PredictionSets } from './PredictionSets.tsx'

const AnnotationWizard = lazyPart(() => import('./AnnotationWizard.tsx'))
const PredictionImport = lazyPart(() => import('./PredictionImport.tsx'))
const ImportDetails = lazyPart(
  () => import('./ImportDetails.tsx'),
  () => <RowsSkeleton />,
)
const PARTS = [AnnotationWizard, PredictionImport, ImportDetails]

const REFRESH_MS = 2000

export default function ImportsPage() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const navigate = useNavigate()
  usePreload(PARTS)
  const { open } = useSearch({ from: '/app/projects/$project_id/imports' })
  const [isWizardOpen, setWizardOpen] = useState(false)
  const [isPredicting, setPredicting] = useState(false)
  const imports = useQuery({
    ...importsQuery(project_id),
    refetchInterval: (query) => (query.state.data?.some((i) => i.state === 'running') ? REFRESH_MS : false),
  })
  const show = (id: number | null) =>
    void navigate({
      to: '/projects/$project_id/imports',
      params: { project_id: String(project_id) },
      search: id ? { open: id } : {},
    })
  const shown = imports.data?.find((i) => i.id === open)
  const begin = (
    <Group gap={8} justify="center">
      <Button variant="default" leftSection={<IconSparkles size={14} />} onClick={() => setPredicting(true)}>
        {t('predictions.import')}
      </Button>
      <Button leftSection={<IconTags size={14} />} onClick={() => setWizardOpen(true)}>
        {t('imports.annotations')}
      </Button>
    </Group>
  )
  return (
    <Page title={t('imports.title')} actions={(imports.data?.length ?? 0) > 0 && begin}>
      <PredictionSets />
      <Loaded query={imports}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<IconFileImport size={28} stroke={1.5} />} title={t('imports.empty')} action={begin}>
              {t('imports.empty_text')}
            </EmptyState>
          ) : (
            <ImportTable imports={list} onOpen={show} />
          )
        }
      </Loaded>
      {isWizardOpen && (
        <AnnotationWizard
          onClose={() => setWizardOpen(false)}
          onReported={(id) => {
            setWizardOpen(false)
            show(id)
          }}
        />
      )}
      {isPredicting && <PredictionImport onClose={() => setPredicting(false)} />}
      {open !== undefined && (
        <SideSheet
          onClose={() => show(null)}
          size={620}
          title={shown ? t(`imports.kind_${shown.kind}`) : t('imports.title')}
        >
          <ImportDetails key={open} import_id={open} onClose={() => show(null)} />
        </SideSheet>
      )}
    </Page>
  )
}

function ImportTable({ imports, onOpen }: { imports: readonly ImportRow[]; onOpen: (id: number) => void }) {
  const { t } = useTranslation()
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('imports.kind')}</Table.Th>
          <Table.Th>{t('field.state')}</Table.Th>
          <Table.Th ta="right">{t('imports.added')}</Table.Th>
          <Table.Th ta="right">{t('imports.duplicate')}</Table.Th>
          <Table.Th ta="right">{t('imports.rejected')}</Table.Th>
          <Table.Th>{t('imports.by')}</Table.Th>
          <Table.Th>{t('field.created')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {imports.map((i) => (
          <Table.Tr key={i.id} style={{ cursor: 'pointer' }} onClick={() => onOpen(i.id)}>
            <Table.Td>
              <Anchor component="button" type="button" c="var(--mantine-color-text)" fw={500}>
                {t(`imports.kind_${i.kind}`)} {i.format && `· ${t(`imports.${i.format}`)}`}
              </Anchor>
              {i.source && <span style={{ color: 'var(--text-quiet)', marginLeft: 8 }}>{i.source}</span>}
            </Table.Td>
            <Table.Td>
              <ImportStateBadge state={i.state} />
            </Table.Td>
            <Table.Td ta="right">
              {i.kind === 'images'
                ? formatNumber(i.created_count)
                : i.report
                  ? formatNumber(i.report.matched_tasks)
                  : '–'}
            </Table.Td>
            <Table.Td ta="right">{i.kind === 'images' ? formatNumber(i.duplicate_count) : '–'}</Table.Td>
            <Table.Td ta="right">
              {i.kind === 'images'
                ? formatNumber(i.rejected_count)
                : i.report
                  ? formatNumber(i.report.unmatched_count)
                  : '–'}
            </Table.Td>
            <Table.Td>{i.actor_name}</Table.Td>
            <Table.Td>
              <Age moment={i.created_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
