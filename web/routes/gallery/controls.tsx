import { Download, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Dialog, SidePanel } from '#web/ui/dialog.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { Field, Input, SearchInput, Textarea } from '#web/ui/input.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { Section } from '#web/ui/page.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { Segmented } from '#web/ui/segmented.tsx';
import { Select } from '#web/ui/select.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox, Slider, Switch } from '#web/ui/toggles.tsx';

const tiers = [
  { value: 'enterprise', label: 'Enterprise' },
  { value: 'mid_market', label: 'Mid-market' },
  { value: 'smb', label: 'SMB', description: 'Fewer than 50 seats' },
];
const people = ['Mara Lindqvist', 'Jon Abara', 'Inês Duarte', '山田 太郎', 'Gabriele Schönhöfer-Württemberg'].map(
  (label, index) => ({
    value: String(index),
    label,
  }),
);

export function Controls() {
  const [tier, setTier] = useState<string | null>('enterprise');
  const [owner, setOwner] = useState<string | null>(null);
  const [shown, setShown] = useState<'customers' | 'all'>('customers');
  const [on, setOn] = useState(true);
  const [amount, setAmount] = useState(62);
  const [query, setQuery] = useState('');
  const [dialog, setDialog] = useState(false);
  const [panel, setPanel] = useState(false);
  const [tab, setTab] = useState<'one' | 'two'>('one');
  return (
    <>
      <Section title="Buttons">
        <div className="flex flex-wrap items-center gap-2">
          <Button tone="primary">
            <Plus className="size-4" aria-hidden="true" /> Add account
          </Button>
          <Button>Export</Button>
          <Button tone="quiet">Cancel</Button>
          <Button tone="danger">
            <Trash2 className="size-4" aria-hidden="true" /> Revoke key
          </Button>
          <Button tone="primary" busy>
            Saving
          </Button>
          <Button disabled>Not now</Button>
          <Button size="sm">Small</Button>
          <IconButton label="Download">
            <Download className="size-4" aria-hidden="true" />
          </IconButton>
          <Menu
            trigger={<Button>Actions</Button>}
            entries={[
              {
                label: 'Acknowledge',
                onSelect: () => toast({ text: 'Risk acknowledged', undo: () => toast({ text: 'Put back' }) }),
              },
              { label: 'Snooze', shortcut: 's', onSelect: () => toast({ text: 'Snoozed for 7 days' }) },
              null,
              {
                label: 'Dismiss as wrong',
                danger: true,
                onSelect: () => toast({ tone: 'failed', text: 'That did not work' }),
              },
            ]}
          />
          <Button onClick={() => setDialog(true)}>Dialog</Button>
          <Button onClick={() => setPanel(true)}>Side panel</Button>
        </div>
      </Section>
      <Section title="Fields">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <Field label="Name" hint="As your customers know it">
            {(control) => <Input {...control} defaultValue="Northwind Analytics" />}
          </Field>
          <Field label="Work e-mail" error="mara@ has no domain. Write it like mara@northwind.io.">
            {(control) => <Input {...control} defaultValue="mara@" />}
          </Field>
          <Field label="Tier">{({ id }) => <Select id={id} options={tiers} value={tier} onChange={setTier} />}</Field>
          <Field label="Owner" optional>
            {({ id }) => <Combobox id={id} label="Owner" options={people} value={owner} onChange={setOwner} />}
          </Field>
          <Field label="Search">
            {() => <SearchInput label="Find an account" value={query} onChange={setQuery} />}
          </Field>
          <Field label="Disabled">
            {(control) => <Input {...control} disabled value="Cannot be changed" readOnly />}
          </Field>
          <Field label="Note">
            {(control) => <Textarea {...control} placeholder="What was said, what was agreed" />}
          </Field>
          <div className="flex flex-col gap-3">
            <Checkbox label="Core feature" defaultChecked />
            <Checkbox label="Some of them" indeterminate readOnly checked={false} />
            <Switch label="Rule is on" hint="Accounts are judged again at once" checked={on} onChange={setOn} />
          </div>
          <Segmented
            label="Which accounts"
            options={[
              { value: 'customers', label: 'Customers' },
              { value: 'all', label: 'All' },
            ]}
            value={shown}
            onChange={setShown}
          />
          <Slider label="Stickiness" value={amount} onChange={setAmount} format={(value) => `${value}%`} />
        </div>
      </Section>
      <Section title="Tabs, progress, files">
        <div className="grid gap-6 lg:grid-cols-2">
          <div className="flex flex-col gap-6">
            <Tabs
              label="Example"
              value={tab}
              onChange={setTab}
              tabs={[
                { key: 'one', label: 'Overview', content: <p className="text-sm text-muted">What matters now.</p> },
                {
                  key: 'two',
                  label: 'Signals',
                  count: 48,
                  content: <p className="text-sm text-muted">All signals.</p>,
                },
              ]}
            />
            <ProgressBar label="Back-fill of 540 days" done={312} total={540} unit="days" secondsLeft={95} />
          </div>
          <FileDrop
            label="Drop CSV or NDJSON files here, or press to choose"
            hint="Plain or gzip, up to 5 GB"
            onFiles={() => toast({ text: 'Files taken' })}
          />
        </div>
      </Section>
      <Dialog
        open={dialog}
        onClose={() => setDialog(false)}
        title="Snooze this risk"
        description="It comes back by itself on the day, or earlier when its urgency rises."
        actions={
          <>
            <Button onClick={() => setDialog(false)}>Cancel</Button>
            <Button tone="primary" onClick={() => setDialog(false)}>
              Snooze
            </Button>
          </>
        }
      >
        <Field label="Reason">
          {(control) => <Input {...control} placeholder="Waiting for the new champion to start" />}
        </Field>
      </Dialog>
      <SidePanel open={panel} onClose={() => setPanel(false)} title="Stickiness">
        <p className="text-sm text-muted">Detail without losing the list.</p>
      </SidePanel>
    </>
  );
}
