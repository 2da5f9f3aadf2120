/** The form of a custom signal: what is typed, and the definition that it says. */
import type { CustomSignal } from '#core/signals/custom.ts';

export interface FilterForm {
  property: string;
  op: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'exists';
  value: string;
}
export interface SignalFormState {
  kind: 'events' | 'attribute';
  key: string;
  title: string;
  unit: string;
  better: 'higher' | 'lower' | 'neither';
  aggregate: 'count' | 'distinct_users' | 'sum' | 'average' | 'last';
  event: string;
  property: string;
  windowDays: string;
  filters: FilterForm[];
  attribute: string;
  type: 'number' | 'boolean' | 'text';
}

export const blankForm: SignalFormState = {
  kind: 'events',
  key: '',
  title: '',
  unit: 'count',
  better: 'higher',
  aggregate: 'count',
  event: '',
  property: '',
  windowDays: '30',
  filters: [],
  attribute: '',
  type: 'number',
};

export function takesProperty(aggregate: SignalFormState['aggregate']): boolean {
  return aggregate !== 'count' && aggregate !== 'distinct_users';
}

/** The form of a signal that there is. */
export function formOf(key: string, signal: CustomSignal): SignalFormState {
  const { title, unit, higherIsBetter } = signal;
  const better = higherIsBetter === null ? 'neither' : higherIsBetter ? 'higher' : 'lower';
  const shared = { ...blankForm, key, title, unit, better } as const;
  if (signal.kind === 'attribute') {
    return { ...shared, kind: 'attribute', attribute: signal.attribute, type: signal.type };
  }
  return {
    ...shared,
    aggregate: signal.aggregate,
    event: signal.event,
    property: signal.property ?? '',
    windowDays: String(signal.windowDays),
    filters: signal.filters.map(({ property, op, value }) => ({
      property,
      op,
      value: value === undefined ? '' : String(value),
    })),
  };
}

/** The definition that a form says, unchecked. */
export function signalOf(form: SignalFormState): CustomSignal {
  const higherIsBetter = form.better === 'neither' ? null : form.better === 'higher';
  const shared = { title: form.title.trim(), unit: form.unit.trim(), higherIsBetter };
  if (form.kind === 'attribute') {
    return { kind: 'attribute', ...shared, attribute: form.attribute.trim(), type: form.type };
  }
  return {
    kind: 'events',
    ...shared,
    aggregate: form.aggregate,
    event: form.event,
    ...(takesProperty(form.aggregate) && { property: form.property.trim() }),
    windowDays: Number(form.windowDays),
    filters: form.filters.map(({ property, op, value }) => ({
      property: property.trim(),
      op,
      ...(op !== 'exists' && { value: typedValue(op, value) }),
    })),
  };
}

/** Numbers and yes or no are meant as such unless text is asked for. */
function typedValue(op: FilterForm['op'], text: string): string | number | boolean {
  const trimmed = text.trim();
  if (op === 'contains') return text;
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}
