/** The file cannot be restored; the message is for people and names the place. Nothing of it is stored. */
export class RestoreError extends Error {
  override name = 'RestoreError';
  /** @param line null = the file as a whole */
  constructor(file: string | null, line: number | null, what: string, options?: ErrorOptions) {
    const place = [file, line === null ? null : `line ${line}`].filter((part) => part !== null).join(', ');
    super(place === '' ? what : `${place}: ${what}`, options);
  }
}
