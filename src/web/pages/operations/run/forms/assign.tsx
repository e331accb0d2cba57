// Assign: to one person, to nobody, or dealt to several, evenly or by weights.
import { Group, MultiSelect, NumberInput, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { weightsProblem } from '../../../../../model/deal.ts'
import { PersonName } from '../../../../ui/PersonAvatar.tsx'
import { Field } from './Field.tsx'
import type { FormProps, OperationForm, Params } from './form.ts'
import { PersonSelect, usePeople } from './PersonSelect.tsx'
import { type Share, sumOf, withoutWeights, withPeople, withWeights } from './shares.ts'

const peopleOf = (params: Params) => params.people as Share[] | undefined

export const assignForm: OperationForm = {
  initial: () => ({ open: 'leave_out' }),
  Form: AssignForm,
  problem: (params, t) => {
    const people = peopleOf(params)
    if (!people) return params.person_id === undefined ? t('operations.run.choose_person') : null
    if (people.length === 0) return t('operations.run.choose_people')
    if (people.some((p) => Number.isNaN(p.weight))) return t('operations.run.weight_missing')
    return weightsProblem(people.map((p) => p.weight))
  },
  what: (params, count, { names }, t) => {
    const people = peopleOf(params)
    if (people && people.length > 1) return t('operations.run.what.deal', { count, people: people.length })
    const person_id = people ? people[0]?.person_id : params.person_id
    if (person_id === undefined) return t('operations.run.what.assign-open', { count })
    if (person_id === null) return t('operations.run.what.unassign', { count })
    return t('operations.run.what.assign', {
      count,
      person: names.person(Number(person_id)) ?? t('tasks.somebody'),
    })
  },
  act: (params, count, t) =>
    t(params.person_id === null ? 'operations.run.act.unassign' : 'operations.run.act.assign', { count }),
  canTakeOver: true,
}

function AssignForm({ params, onChange, context }: FormProps) {
  const { t } = useTranslation()
  const people = peopleOf(params)
  return (
    <Stack gap="md">
      <SegmentedControl
        fullWidth
        aria-label={t('operations.run.assign_way')}
        value={people ? 'several' : 'one'}
        onChange={(way) => onChange({ open: params.open, ...(way === 'several' ? { people: [] } : {}) })}
        data={[
          { value: 'one', label: t('operations.run.to_one') },
          { value: 'several', label: t('operations.run.to_several') },
        ]}
      />
      {people ? (
        <Several
          people={people}
          nameOf={context.names.person}
          onChange={(next) => onChange({ ...params, people: next })}
        />
      ) : (
        <PersonSelect
          withNobody
          value={params.person_id as number | null | undefined}
          onChange={(person_id) => onChange({ ...params, person_id })}
        />
      )}
    </Stack>
  )
}

type SeveralProps = {
  people: Share[]
  nameOf: (id: number) => string | undefined
  onChange: (people: Share[]) => void
}

function Several({ people, nameOf, onChange }: SeveralProps) {
  const { t } = useTranslation()
  const choices = usePeople()
  const isWeighted = people.some((p) => p.weight !== undefined)
  return (
    <>
      <MultiSelect
        label={t('operations.run.people')}
        description={t('operations.run.people_hint')}
        placeholder={people.length === 0 ? t('operations.run.find_person') : undefined}
        data-autofocus
        searchable
        hidePickedOptions
        maxValues={200}
        data={choices}
        value={people.map((p) => String(p.person_id))}
        onChange={(ids) => onChange(withPeople(people, ids.map(Number)))}
      />
      <Switch
        checked={isWeighted}
        disabled={people.length === 0}
        label={t('operations.run.by_weights')}
        onChange={(e) => onChange(e.currentTarget.checked ? withWeights(people) : withoutWeights(people))}
      />
      {isWeighted && <Weights people={people} nameOf={nameOf} onChange={onChange} />}
    </>
  )
}

function Weights({ people, nameOf, onChange }: SeveralProps) {
  const { t } = useTranslation()
  const problem = weightsProblem(people.map((p) => p.weight))
  const name = (id: number) => nameOf(id) ?? t('tasks.somebody')
  return (
    <Field label={t('operations.run.weights')}>
      <Stack gap={6}>
        {people.map(({ person_id, weight }) => (
          <Group key={person_id} justify="space-between" wrap="nowrap">
            <PersonName id={person_id} name={name(person_id)} />
            <NumberInput
              w={96}
              flex="none"
              size="xs"
              aria-label={t('operations.run.weight_of', { person: name(person_id) })}
              suffix=" %"
              min={0}
              max={100}
              decimalScale={2}
              clampBehavior="none"
              allowNegative={false}
              value={Number.isFinite(weight) ? weight : ''}
              error={problem !== null}
              onChange={(value) =>
                onChange(
                  people.map((p) =>
                    p.person_id === person_id ? { person_id, weight: value === '' ? Number.NaN : Number(value) } : p,
                  ),
                )
              }
            />
          </Group>
        ))}
      </Stack>
      <Text size="xs" mt={6} ta="right" c={problem ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
        {Number.isNaN(sumOf(people))
          ? t('operations.run.weight_missing')
          : t('operations.run.sum', { sum: sumOf(people) })}
      </Text>
    </Field>
  )
}
