/** What stands beside the files: of what, from when, and how much each must hold. */
import { z } from 'zod';

export const manifestSchema = z.object({
  format: z.literal('perennial-export'),
  formatVersion: z.literal(1),
  /** of the product */
  version: z.string(),
  /** number of the newest migration of the database it comes from */
  migration: z.number().int(),
  exportedAt: z.iso.datetime(),
  workspace: z.string(),
  files: z.array(z.object({ name: z.string(), table: z.string(), rows: z.number().int().nonnegative() })),
  leftOut: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;
