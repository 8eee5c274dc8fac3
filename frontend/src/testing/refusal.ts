/** The mocked API saying no, in the form of its problem+json. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    readonly detail: string,
    readonly extra: { errors?: { field: string; message: string }[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
  }
}
