import { useMemo, useState } from 'react';
import { BandScore } from '#web/ui/band-badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { BulkBar } from '#web/ui/data-table/bulk-bar.tsx';
import { ColumnsButton } from '#web/ui/data-table/columns-button.tsx';
import { DataTable } from '#web/ui/data-table/data-table.tsx';
import type { DataColumn, Density, Sort } from '#web/ui/data-table/types.ts';
import { firstLayout } from '#web/ui/data-table/use-columns.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { FilterChips } from '#web/ui/filter-chips/filter-chips.tsx';
import type { FilterClause, FilterField } from '#web/ui/filter-chips/types.ts';
import { SearchInput } from '#web/ui/input.tsx';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/page.tsx';
import { type RiskLevel, RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { toast } from '#web/ui/toast.tsx';

interface Row {
  id: string;
  name: string;
  score: number | null;
  spark: (number | null)[];
  arr: number;
  renewal: string;
  owner: string;
  risk: RiskLevel;
}

const names = [
  'Northwind Analytics',
  'Gebrüder Schönhöfer Vermögensverwaltungsgesellschaft für Anlagen mbH & Co. KG',
  '株式会社さくら商事',
  'Acme',
  'Blue Harbor Logistics',
];
const levels: RiskLevel[] = ['none', 'medium', 'high', 'critical'];
const rows: Row[] = Array.from({ length: 400 }, (_, index) => {
  const score = index % 11 === 5 ? null : (index * 37 + 20) % 100;
  return {
    id: String(index),
    name: `${names[index % names.length]} ${index}`,
    score,
    spark: Array.from({ length: 30 }, (_, at) => (at % 13 === 5 ? null : 50 + 30 * Math.sin((index + at) / 5))),
    arr: ((index * 7919) % 900) * 100_000 + 500_000,
    renewal: `2027-0${(index % 9) + 1}-15`,
    owner: ['Mara Lindqvist', 'Jon Abara', 'Inês Duarte'][index % 3]!,
    risk: levels[index % 4]!,
  };
});
const toneOf = (score: number | null) =>
  score === null ? 'none' : score >= 70 ? 'good' : score >= 40 ? 'warning' : 'critical';
const nameOf = { good: 'Green', warning: 'Yellow', critical: 'Red', none: 'No score' };
const columns: DataColumn<Row>[] = [
  {
    id: 'name',
    header: 'Account',
    width: 260,
    sortable: true,
    cell: (row) => <span className="truncate">{row.name}</span>,
  },
  {
    id: 'score',
    header: 'Health',
    width: 140,
    sortable: true,
    skeleton: 'badge',
    cell: (row) => <BandScore tone={toneOf(row.score)} name={nameOf[toneOf(row.score)]} score={row.score} />,
  },
  {
    id: 'spark',
    header: 'Trend',
    width: 110,
    skeleton: 'spark',
    cell: (row) => <Sparkline values={row.spark} label="Trend" leastSpan={20} />,
  },
  {
    id: 'arr',
    header: 'ARR',
    width: 110,
    align: 'right',
    sortable: true,
    firstSort: 'desc',
    skeleton: 'number',
    cell: (row) => <Money amountMinor={row.arr} currency="EUR" short />,
  },
  { id: 'renewal', header: 'Renewal', width: 130, sortable: true, cell: (row) => <DateText value={row.renewal} /> },
  { id: 'risk', header: 'Risk', width: 120, skeleton: 'badge', cell: (row) => <RiskLevelBadge level={row.risk} /> },
  { id: 'owner', header: 'Owner', width: 150, cell: (row) => row.owner },
];
const fields: FilterField[] = [
  { field: 'risk', label: 'Risk', kind: 'choice', options: levels.map((value) => ({ value, label: value })) },
  { field: 'arrMinor', label: 'ARR', kind: 'money', currency: 'EUR' },
  { field: 'renewalDay', label: 'Renewal', kind: 'day' },
  { field: 'usage.stickiness', label: 'Stickiness', kind: 'percent', group: 'Usage' },
];

export function TableParts() {
  const [layout, setLayout] = useState(firstLayout(columns));
  const [sort, setSort] = useState<Sort>({ column: 'arr', direction: 'desc' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['2', '3']));
  const [density, setDensity] = useState<Density>('roomy');
  const [loaded, setLoaded] = useState(100);
  const [clauses, setClauses] = useState<FilterClause[]>([{ field: 'arrMinor', op: 'gte', value: 5_000_000 }]);
  const [query, setQuery] = useState('');
  const shown = useMemo(() => rows.slice(0, loaded), [loaded]);
  return (
    <Section title="Table" plain>
      <div className="relative flex h-[28rem] flex-col overflow-hidden rounded-lg border border-line">
        <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
          <SearchInput label="Find an account" value={query} onChange={setQuery} className="w-56" />
          <FilterChips fields={fields} clauses={clauses} onChange={setClauses} />
          <span className="flex-1" />
          <ColumnsButton
            columns={columns}
            layout={layout}
            onLayout={setLayout}
            density={density}
            onDensity={setDensity}
          />
        </div>
        <DataTable
          className="flex-1"
          label="Accounts"
          columns={columns}
          rows={shown}
          rowId={(row) => row.id}
          total={400}
          hasMore={loaded < 400}
          onLoadMore={() => setLoaded((count) => count + 50)}
          layout={layout}
          onLayout={setLayout}
          sort={sort}
          onSort={setSort}
          selected={selected}
          onSelect={setSelected}
          onOpen={(row) => toast({ text: `Opened ${row.name}` })}
          density={density}
          foot={<div className="flex h-9 items-center border-t border-line px-3 text-xs text-muted">400 accounts</div>}
        />
        <BulkBar count={selected.size} onClear={() => setSelected(new Set())}>
          <Button size="sm">Assign owner</Button>
          <Button size="sm">Add tag</Button>
        </BulkBar>
      </div>
      <div className="mt-4 flex h-40 flex-col overflow-hidden rounded-lg border border-line">
        <DataTable
          label="Loading"
          columns={columns}
          rows={undefined}
          rowId={(row) => row.id}
          layout={layout}
          onLayout={setLayout}
        />
      </div>
    </Section>
  );
}
