// Exports: create one from all tasks or from the selection handed over in the URL; download the earlier ones.
import { Alert, Button, Table, VisuallyHidden } from '@mantine/core'
import { IconArrowBarToDown, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../contract/client.ts'
import { formatNumber } from '../../format.ts'
import { exportsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { CreateExport } from './CreateExport.tsx'
import { selectionOf } from './selection.ts'

export default function ExportsPage() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const navigate = useNavigate()
  const inUrl = useSearch({ from: '/app/projects/$project_id/exports' }).selection
  const selection = useMemo(() => selectionOf(inUrl), [inUrl])
  const isGone = inUrl !== undefined && selection === null
  const [isOpen, setOpen] = useState(selection !== null)
  const exports = useQuery(exportsQuery(project_id))
  const close = () => {
    setOpen(false)
    void navigate({
      to: '/projects/$project_id/exports',
      params: { project_id: String(project_id) },
      search: {},
      replace: true,
    })
  }
  const create = (
    <Button leftSection={<IconArrowBarToDown size={14} />} onClick={() => setOpen(true)}>
      {t('exports.create')}
    </Button>
  )
  return (
    <Page title={t('exports.title')} actions={(exports.data?.length ?? 0) > 0 && create}>
      {isGone && (
        <Alert color="yellow" mb="md" role="alert">
          {t('exports.selection_gone')}
        </Alert>
      )}
      <Loaded query={exports}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<IconArrowBarToDown size={28} stroke={1.5} />} title={t('exports.empty')} action={create}>
              {t('exports.empty_text')}
            </EmptyState>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('field.format')}</Table.Th>
                  <Table.Th>{t('exports.images')}</Table.Th>
                  <Table.Th ta="right">{t('field.tasks')}</Table.Th>
                  <Table.Th ta="right">{t('imports.objects')}</Table.Th>
                  <Table.Th>{t('imports.by')}</Table.Th>
                  <Table.Th>{t('field.created')}</Table.Th>
                  <Table.Th>
                    <VisuallyHidden>{t('exports.download')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((e) => (
                  <Table.Tr key={e.id}>
                    <Table.Td fw={500}>{t(`exports.${e.format}`)}</Table.Td>
                    <Table.Td>{e.with_images ? t('exports.images_yes') : t('exports.images_no')}</Table.Td>
                    <Table.Td ta="right">{formatNumber(e.task_count)}</Table.Td>
                    <Table.Td ta="right">{formatNumber(e.object_count)}</Table.Td>
                    <Table.Td>{e.actor_name}</Table.Td>
                    <Table.Td>
                      <Age moment={e.created_at} />
                    </Table.Td>
                    <Table.Td ta="right">
                      <Button
                        component="a"
                        href={urlOf('download_export', { project_id, export_id: e.id })}
                        download
                        variant="default"
                        size="compact-sm"
                        leftSection={<IconDownload size={14} />}
                        aria-label={`${t('exports.download')}: ${t(`exports.${e.format}`)}, ${t('count.task', { count: e.task_count })}`}
                      >
                        {t('exports.download')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      {isOpen && (
        <Dialog onClose={close} title={t('exports.create')}>
          <CreateExport chosen={selection} onDone={close} />
        </Dialog>
      )}
    </Page>
  )
}
