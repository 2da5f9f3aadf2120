import { Fragment } from 'react';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Money, Unknown } from '#web/ui/money.tsx';
import { byProduct, nextOf, type Product, type Subscription } from '../ends.ts';

const monthsAYear = 12;
const columns = 6;

export interface SubscriptionTableProps {
  label: string;
  lines: readonly Subscription[];
  /** the workspace's day */
  today: string;
}

/** Subscription lines in rows, below their product where it has several. */
export function SubscriptionTable({ label, lines, today }: SubscriptionTableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line"
    >
      <table className="w-full text-sm">
        <thead className="bg-sunken text-xs text-muted">
          <tr>
            <Head>Product</Head>
            <Head right>ARR</Head>
            <Head right wide>
              Quantity
            </Head>
            <Head wide>Started</Head>
            <Head>Next</Head>
            <Head wide>Term</Head>
          </tr>
        </thead>
        {byProduct(lines).map((product) => (
          <tbody key={product.name}>
            {product.lines.length > 1 && <ProductRow product={product} />}
            {product.lines.map((line) => (
              <Line key={line.id} line={line} today={today} inGroup={product.lines.length > 1} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

const wideOnly = 'hidden sm:table-cell';

function Head({ children, right, wide }: { children: string; right?: boolean; wide?: boolean }) {
  return (
    <th scope="col" className={cx('px-3 py-1.5 font-medium', right ? 'text-right' : 'text-left', wide && wideOnly)}>
      {children}
    </th>
  );
}

function ProductRow({ product }: { product: Product }) {
  return (
    <tr className="border-t border-line bg-sunken/60">
      <th scope="rowgroup" colSpan={columns} className="px-3 py-1.5 text-left font-medium">
        {product.name}
        <span className="ml-2 text-xs font-normal text-muted">
          {countOf(product.lines.length, 'line')}
          {product.arr.map(({ currency, amountMinor }) => (
            <Fragment key={currency}>
              , <Money amountMinor={amountMinor} currency={currency} /> ARR
            </Fragment>
          ))}
        </span>
      </th>
    </tr>
  );
}

function Line({ line, today, inGroup }: { line: Subscription; today: string; inGroup: boolean }) {
  const { product, plan, quantity, unit, mrrMinor, currency, startDay, termMonths, changes } = line;
  const next = nextOf(line, today);
  return (
    <tr className="border-t border-line align-top hover:bg-hover">
      <td className={cx('px-3 py-2', inGroup && 'pl-6')}>
        {inGroup ? (plan ?? product) : <span className="font-medium">{product}</span>}
        {!inGroup && plan && <span className="block text-xs text-faint">{plan}</span>}
        {changes.length > 1 && <Changes line={line} />}
      </td>
      <td className="tnum px-3 py-2 text-right font-medium">
        <Money amountMinor={mrrMinor * monthsAYear} currency={currency} />
      </td>
      <td className={cx('tnum px-3 py-2 text-right whitespace-nowrap', wideOnly)}>
        {quantity === null ? <Unknown /> : quantityText(quantity, unit)}
      </td>
      <td className={cx('px-3 py-2', wideOnly)}>
        <DateText value={startDay} absolute />
      </td>
      <td className="px-3 py-2">
        {next === null ? (
          <span className="text-faint">No end</span>
        ) : (
          <>
            {next.word} <DateText value={next.day} />
          </>
        )}
      </td>
      <td className={cx('px-3 py-2 text-muted', wideOnly)}>{termText(termMonths, line.autoRenew)}</td>
    </tr>
  );
}

function quantityText(quantity: number, unit: string | null): string {
  return `${formatNumber(quantity)} ${unit === null ? '' : quantity === 1 ? unit.replace(/s$/, '') : unit}`.trim();
}

function termText(months: number | null, autoRenew: boolean | null): string {
  const end = autoRenew === null ? null : autoRenew ? 'renews by itself' : 'ends unless renewed';
  return [months === null ? null : countOf(months, 'month'), end].filter((part) => part !== null).join(', ') || '–';
}

/** What the line was before, each time it changed. */
function Changes({ line: { changes, unit, currency } }: { line: Subscription }) {
  return (
    <details className="mt-1 text-xs">
      <summary className="text-muted">{countOf(changes.length - 1, 'change')} so far</summary>
      <ol className="mt-1.5 flex flex-col gap-1">
        {changes.map((change) => (
          <li key={change.fromDay} className="tnum flex flex-wrap gap-x-3">
            <span className="text-faint">
              <DateText value={change.fromDay} absolute />
            </span>
            <span>
              {[change.plan, change.quantity === null ? null : quantityText(change.quantity, unit)]
                .filter(Boolean)
                .join(', ')}
            </span>
            <span className="text-muted">
              <Money amountMinor={change.mrrMinor * monthsAYear} currency={currency} /> ARR
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
