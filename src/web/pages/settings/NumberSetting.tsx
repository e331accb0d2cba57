// A number of the settings. What is half typed stays as it is until it is a number; a field left empty has its former one.
import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'

type Props = Omit<NumberInputProps, 'value' | 'onChange' | 'onBlur'> & {
  value: number
  onChange: (value: number) => void
}

export function NumberSetting({ value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <NumberInput
      w={320}
      {...rest}
      value={typed ?? value}
      onChange={(next) => {
        setTyped(typeof next === 'string' ? next : null)
        if (typeof next === 'number') onChange(next)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
