/** Memory of a server process, from the system's own books. Null where they are not kept (Linux keeps them). */
import { readFile } from 'node:fs/promises';

export interface Memory {
  nowMb: number;
  /** the most it ever had */
  peakMb: number;
}

export async function memoryOf(pid: number): Promise<Memory | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  if (status === null) return null;
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}
