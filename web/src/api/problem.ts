/** An answer of the API that is not a success (RFC 9457), or no answer at all (status 0). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    /** The request's field that is to blame, such as `sshKeys[0]`. */
    readonly field?: string,
  ) {
    super(detail || title);
  }

  static async of(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => undefined);
    const text = (key: string): string | undefined => {
      const value = (body as Record<string, unknown> | undefined)?.[key];
      return typeof value === 'string' ? value : undefined;
    };
    return new Problem(
      response.status,
      text('code') ?? 'UNKNOWN',
      text('title') ?? `The server answered ${response.status}`,
      text('detail') ?? '',
      text('field'),
    );
  }

  static unreachable(): Problem {
    return new Problem(
      0,
      'UNREACHABLE',
      'The orchestrator does not answer',
      'Running VMs are not affected. This page tries again by itself.',
    );
  }
}

export const isProblem = (error: unknown, status: number): boolean =>
  error instanceof Problem && error.status === status;
