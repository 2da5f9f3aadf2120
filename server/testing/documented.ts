/** Holds real answers against the contract from which the OpenAPI document is made. */
import { expect } from 'vitest';
import { z } from 'zod';
import { type Endpoint, problem } from '#contracts/kit.ts';

/** Fails unless the answer is one that the document promises, to the letter: no field more, none less. */
export async function expectDocumented(endpoint: Endpoint, response: Response): Promise<void> {
  const about = `${endpoint.method} ${endpoint.path} → ${response.status}`;
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok) {
    expect(type, about).toBe('application/problem+json');
    const body: unknown = await response.json();
    expect(z.strictObject(problem.shape).parse(body), about).toEqual(body);
    expect((body as { status: number }).status, about).toBe(response.status);
    return;
  }
  if (endpoint.produces) {
    expect(type.split(';')[0], about).toBe(endpoint.produces);
  } else if (endpoint.response) {
    expect(response.status, about).toBe(endpoint.status ?? 200);
    expect(type, about).toMatch(/^application\/json/);
    const body: unknown = await response.json();
    const read = endpoint.response.safeParse(body);
    expect(read.error?.issues, about).toBeUndefined();
    expect(read.data, about).toEqual(body);
  } else {
    expect([response.status, await response.text()], about).toEqual([204, '']);
  }
}
