import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Account } from '#contracts/accounts.ts';
import { DisputeMark } from '#web/features/reconciliation/components/dispute-mark.tsx';
import { subscriptionsQuery } from '#web/features/subscriptions/api/list-subscriptions.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { optionsOf, stageWords, tierWords } from '#web/lib/words.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Input } from '#web/ui/input.tsx';
import { Unknown } from '#web/ui/money.tsx';
import { Section } from '#web/ui/page.tsx';
import { type AccountChange, useUpdateAccount } from '../api/update-account.ts';
import { attributeLabel, attributeText, isIdentifier } from '../attribute-words.ts';

const none = 'none';

/** What is known about the account itself; tier, stage and tags can be changed here. */
export function AccountDetails({ account }: { account: Account }) {
  const { can } = useSignedIn();
  const update = useUpdateAccount(account);
  const change = (next: AccountChange, said: string) => update.mutate({ change: next, said });
  const editable = can('accounts.write');
  const of = (field: string) => ({ accountId: account.id, field });
  const known = Object.entries(account.attributes).filter(([, value]) => value !== null && value !== '');
  const [identifiers, attributes] = [true, false].map((wanted) =>
    known.filter(([name]) => isIdentifier(name) === wanted),
  );
  return (
    <Section title="Details">
      <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1.5 text-sm">
        <Line name="Tier" of={of('tier')}>
          <Pick
            label="Tier"
            words={tierWords}
            value={account.tier}
            editable={editable}
            onChange={(tier) => change({ tier }, `Tier is now ${tier ? tierWords[tier] : 'not set'}`)}
          />
        </Line>
        <Line name="Stage" of={of('stage')}>
          <Pick
            label="Stage"
            words={stageWords}
            value={account.stage}
            editable={editable}
            onChange={(stage) => change({ stage }, `Stage is now ${stage ? stageWords[stage] : 'not set'}`)}
          />
        </Line>
        <Line name="Tags">
          <Tags tags={account.tags} editable={editable} onChange={(tags, said) => change({ tags }, said)} />
        </Line>
        {account.industry && (
          <Line name="Industry" of={of('industry')}>
            {account.industry}
          </Line>
        )}
        {account.country && (
          <Line name="Country" of={of('country')}>
            {account.country}
          </Line>
        )}
        {account.region && (
          <Line name="Region" of={of('region')}>
            {account.region}
          </Line>
        )}
        <Line name="Customer since" of={of('startedOn')}>
          <CustomerSince account={account} />
        </Line>
        {account.domains.length > 0 && (
          <Line name="Domains" of={of('domains')}>
            {account.domains.join(', ')}
          </Line>
        )}
        {attributes!.map(([name, value]) => (
          <Line key={name} name={attributeLabel(name)} title={name} of={of(`attr.${name}`)}>
            {attributeText(value)}
          </Line>
        ))}
      </dl>
      {(account.externalIds.length > 0 || identifiers!.length > 0) && (
        <details className="mt-3 border-t border-line pt-2 text-sm">
          <summary className="text-xs text-muted">Identifiers</summary>
          <dl className="mt-1.5 grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1.5">
            {account.externalIds.map((id) => (
              <Line key={`${id.source}${id.externalId}`} name={`In ${id.source}`}>
                <code className="font-mono text-xs">{id.externalId}</code>
              </Line>
            ))}
            {identifiers!.map(([name, value]) => (
              <Line key={name} name={attributeLabel(name)} title={name}>
                <code className="font-mono text-xs">{String(value)}</code>
              </Line>
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}

/** The day it became a customer; where none was sent, the first day of its first subscription. */
function CustomerSince({ account }: { account: Account }) {
  const { data } = useQuery({ ...subscriptionsQuery(account.id), enabled: account.startedOn === null });
  if (account.startedOn !== null) return <DateText value={account.startedOn} absolute />;
  const first = data?.items.map(({ startDay }) => startDay).sort()[0];
  if (first === undefined) return <Unknown />;
  return (
    <>
      <DateText value={first} absolute /> <span className="text-xs text-faint">by its first subscription</span>
    </>
  );
}

interface Disputed {
  accountId: number;
  field: string;
}

/** `of`: the field whose sources may disagree. */
function Line({ name, title, of, children }: { name: string; title?: string; of?: Disputed; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint [overflow-wrap:anywhere]" title={title}>
        {name}
      </dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {children}
        {of && <DisputeMark {...of} />}
      </dd>
    </>
  );
}

interface PickProps<Key extends string> {
  label: string;
  words: Record<Key, string>;
  value: Key | null;
  editable: boolean;
  onChange: (value: Key | null) => void;
}

function Pick<Key extends string>({ label, words, value, editable, onChange }: PickProps<Key>) {
  if (!editable) return value ? words[value] : 'Not set';
  const options = [...optionsOf(words), { value: none, label: 'Not set' }];
  return (
    <span className="-ml-2 inline-block">
      <Choice<string>
        label={label}
        neutral={value ?? none}
        options={options}
        value={value ?? none}
        onChange={(next) => onChange(next === none ? null : (next as Key))}
      />
    </span>
  );
}

function Tags({
  tags,
  editable,
  onChange,
}: {
  tags: string[];
  editable: boolean;
  onChange: (tags: string[], said: string) => void;
}) {
  const [draft, setDraft] = useState('');
  const add = () => {
    const tag = draft.trim();
    if (tag && !tags.includes(tag)) onChange([...tags, tag], `Tag ${tag} added`);
    setDraft('');
  };
  return (
    <span className="flex flex-wrap items-center gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>
          {tag}
          {editable && (
            <button
              type="button"
              aria-label={`Remove tag ${tag}`}
              className="-mr-0.5 rounded-xs hover:text-text"
              onClick={() =>
                onChange(
                  tags.filter((other) => other !== tag),
                  `Tag ${tag} removed`,
                )
              }
            >
              <X className="size-3" aria-hidden="true" />
            </button>
          )}
        </Badge>
      ))}
      {editable && (
        <Input
          aria-label="Add a tag"
          placeholder="Add a tag"
          maxLength={60}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
          onBlur={add}
          className="!h-6 !w-24 !px-1.5 !text-xs"
        />
      )}
    </span>
  );
}
