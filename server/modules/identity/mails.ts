import type { Mail } from '#server/platform/mail/mail.ts';

export function resetMail(to: string, link: string): Mail {
  return {
    to,
    subject: 'Set a new password',
    text: `Somebody asked for a new password for this address. If it was you, open this link within two hours:

${link}

If it was not you, nothing needs to be done: your password stays as it is.
`,
  };
}

export function invitationMail(to: string, link: string, from: string, workspace: string): Mail {
  return {
    to,
    subject: `Join ${workspace} on Perennial`,
    text: `${from} invites you to ${workspace} on Perennial, where customer health and risk are watched.

Open this link within seven days to choose a password and come in:

${link}
`,
  };
}
