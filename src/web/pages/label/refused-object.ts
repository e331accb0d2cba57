// A refusal of the server names an object by its index in the document; people know it by its number in the list.

export function refusedObject(message: string): { number: number; problem: string } | null {
  const [, index, problem] = /^document\.objects\[(\d+)\]\.(?:shape: |attributes: )?(.*)$/s.exec(message) ?? []
  return problem === undefined ? null : { number: Number(index) + 1, problem }
}
