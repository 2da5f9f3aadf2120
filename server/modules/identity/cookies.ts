const workspaceCookie = 'perennial.workspace';
const yearSeconds = 365 * 24 * 3600;

/** Which workspace this browser last chose; null = none, or nonsense. */
export function chosenWorkspace(cookieHeader: string): number | null {
  const value = new RegExp(`(?:^|;\\s*)${RegExp.escape(workspaceCookie)}=(\\d{1,9})(?:;|$)`).exec(cookieHeader)?.[1];
  return value === undefined ? null : Number(value);
}

export function rememberWorkspace(workspaceId: number, secure: boolean): string {
  const flags = `Path=/; Max-Age=${yearSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${workspaceCookie}=${workspaceId}; ${flags}`;
}

/** Without the session cookie nobody is signed in, and the library need not be asked. */
export function carriesSession(cookieHeader: string): boolean {
  return cookieHeader.includes('perennial.session_token=');
}
