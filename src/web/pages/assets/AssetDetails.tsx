// One asset, large, with what is known of it and the way to its task.
import { Anchor, Code, Group, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../contract/client.ts'
import { formatBytes, formatMoment } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import { filterOf } from '../../task-search.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { StageBadge } from '../../ui/StageBadge.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { Problems } from '../history/Problems.tsx'
import classes from './assets.module.css'

export type Asset = ReplyOf<'list_assets'>['assets'][number]

export default function AssetDetails({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={asset.name} size="min(1100px, 92vw)" yOffset="6vh">
      <Details asset={asset} />
    </Dialog>
  )
}

function Details({ asset }: { asset: Asset }) {
  const { t } = useTranslation()
  const { id: project_id, stages } = useProject()
  const stage = stages.find((s) => s.id === asset.stage_id)
  const rows: [string, ReactNode][] = [
    [t('overview.stage'), stage && <StageBadge kind={stage.kind} name={stage.name} />],
    [t('assets.folder'), asset.folder || '–'],
    [t('assets.size'), `${asset.width} × ${asset.height}`],
    [t('assets.bytes'), formatBytes(asset.byte_size)],
    [t('assets.type'), asset.mime_type],
    [t('field.created'), formatMoment(asset.created_at)],
    [t('assets.hash'), <Code key="hash" className={classes.hash}>{asset.content_hash}</Code>],
    ...Object.entries(asset.metadata),
  ] // biome-ignore format: a table
  return (
    <div className={classes.details}>
      <img
        className={classes.large}
        src={urlOf('get_asset_image', { project_id, asset_id: asset.id })}
        alt={asset.name}
        width={asset.width}
        height={asset.height}
      />
      <div>
        <div className={classes.reported}>
          <Problems task_id={asset.task_id} />
        </div>
        <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
          <Table.Tbody>
            {rows.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th fw={400} c="dimmed" w={90}>
                  {name}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group gap="md" mt="md">
          <TextLink
            to="/projects/$project_id/tasks"
            params={{ project_id: String(project_id) }}
            search={{ filter: filterOf({ field: 'id', op: 'any_of', value: [asset.task_id] }), task: asset.task_id }}
          >
            {t('assets.open_task')}
          </TextLink>
          <Anchor href={urlOf('get_asset_original', { project_id, asset_id: asset.id })} download={asset.name}>
            {t('assets.original')}
          </Anchor>
        </Group>
      </div>
    </div>
  )
}
