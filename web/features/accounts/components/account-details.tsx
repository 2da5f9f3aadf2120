import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Account } from '#contracts/accounts.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { optionsOf, stageWords, tierWords } from '#web/lib/words.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { type AccountChange, useUpdateAccount } from '../api/update-account.ts';

const none = 'none';

/** What is known about the account itself; tier, stage and tags can be changed here. */
export function AccountDetails({ account }: { account: Account }) {
  const { can } = useSignedIn();
  const update = useUpdateAccount(account);
  const change = (next: AccountChange, said: string) => update.mutate({ change: next, said });
  const editable = can('accounts.write');
  const attributes = Object.entries(account.attributes).filter(([, value]) => value !== null && value !== '');
  return (
    <Section title="Details">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-y-1.5 text-sm">
        <Line name="Tier">
          <Pick
            label="Tier"
            words={tierWords}
            value={account.tier}
            editable={editable}
            onChange={(tier) => change({ tier }, `Tier is now ${tier ? tierWords[tier] : 'not set'}`)}
          />
        </Line>
        <Line name="Stage">
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
        {account.industry && <Line name="Industry">{account.industry}</Line>}
        {account.country && <Line name="Country">{account.country}</Line>}
        {account.region && <Line name="Region">{account.region}</Line>}
        <Line name="Customer since">
          <DateText value={account.startedOn} absolute />
        </Line>
        {account.domains.length > 0 && <Line name="Domains">{account.domains.join(', ')}</Line>}
        {account.externalIds.map((id) => (
          <Line key={`${id.source}${id.externalId}`} name={id.source}>
            <code className="font-mono text-xs">{id.externalId}</code>
          </Line>
        ))}
        {attributes.map(([name, value]) => (
          <Line key={name} name={name}>
            {typeof value === 'object' ? JSON.stringify(value) : String(value)}
          </Line>
        ))}
      </dl>
    </Section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="truncate text-faint" title={name}>
        {name}
      </dt>
      <dd className="min-w-0 break-words">{children}</dd>
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
