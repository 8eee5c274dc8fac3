/** What the API said no with (RFC 9457), or the network when nothing answered at all. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  traceId?: string;
  errors?: { field: string; message: string }[];
}

export class Problem extends Error {
  /** The slug: "stale-version" for "/problems/stale-version"; "offline" when no answer came. */
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly errors: { field: string; message: string }[];
  /** Current version of the thing, where the answer told it. */
  readonly version?: number;

  constructor(body: ProblemBody, status: number, version?: number) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.type = (body.type ?? 'about:blank').replace(/^.*\/problems\//, '');
    this.status = body.status ?? status;
    this.title = body.title ?? `HTTP ${status}`;
    this.detail = body.detail;
    this.traceId = body.traceId;
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.version = version;
  }

  /** True when the same request may well succeed later. */
  get passing(): boolean {
    return this.type === 'offline' || this.status === 429 || this.status >= 500;
  }
}

export function isProblem(error: unknown, type?: string): error is Problem {
  return error instanceof Problem && (type === undefined || error.type === type);
}

/** Whether it was a moment that was refused: it lies in the future. */
export function refusesMoment(error: unknown): boolean {
  return (
    error instanceof Problem && error.errors.some(({ field }) => ['asOf', 'since', 'until'].includes(field))
  );
}

/** `"12"` and `W/"12"` → 12 */
export function versionOf(response: Response): number | undefined {
  const match = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get('ETag') ?? '');
  return match ? Number(match[1]) : undefined;
}
