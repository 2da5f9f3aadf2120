import { ApiKeyList } from '#web/features/api-keys/components/api-key-list.tsx';
import { MemberList } from '#web/features/members/components/member-list.tsx';
import { Connect } from '#web/features/write-keys/components/connect.tsx';
import { WriteKeyList } from '#web/features/write-keys/components/write-key-list.tsx';
import { useTitle } from '#web/lib/title.ts';
import { Section } from '#web/ui/page.tsx';
import { Allowed } from './allowed.tsx';

export function MembersPage() {
  useTitle('Members');
  return <MemberList />;
}

export function WriteKeysPage() {
  useTitle('Write keys');
  return (
    <>
      <WriteKeyList />
      <Section title="Send the first event" note="Any SDK of Segment, RudderStack or Jitsu works; so does plain HTTP.">
        <Connect />
      </Section>
    </>
  );
}

export function ApiKeysPage() {
  useTitle('API keys');
  return (
    <Allowed permission="members.manage" title="API keys">
      <ApiKeyList />
    </Allowed>
  );
}
