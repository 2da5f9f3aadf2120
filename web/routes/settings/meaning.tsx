import { useNavigate, useSearch } from '@tanstack/react-router';
import { EventList } from '#web/features/product-features/components/event-list.tsx';
import { FeatureList } from '#web/features/product-features/components/feature-list.tsx';
import { FeaturePanel } from '#web/features/product-features/components/feature-panel.tsx';
import { SignalCatalogue } from '#web/features/signals/components/signal-catalogue.tsx';
import { SignalPanel } from '#web/features/signals/components/signal-panel.tsx';
import { useTitle } from '#web/lib/title.ts';

export function FeaturesPage() {
  useTitle('Features');
  const { feature, q } = useSearch({ from: '/app/settings/features' });
  const navigate = useNavigate();
  return (
    <>
      <FeatureList />
      <EventList
        filter={q ?? ''}
        onFilter={(next) =>
          void navigate({ to: '/settings/features', search: { q: next || undefined }, replace: true })
        }
      />
      <FeaturePanel open={feature} onClose={() => void navigate({ to: '/settings/features', search: { q } })} />
    </>
  );
}

export function SignalsPage() {
  useTitle('Signals');
  const { signal, edit, show } = useSearch({ from: '/app/settings/signals' });
  const navigate = useNavigate();
  return (
    <>
      <SignalCatalogue
        show={show}
        onShow={(next) => void navigate({ to: '/settings/signals', search: { show: next }, replace: true })}
      />
      <SignalPanel
        signal={signal}
        edit={edit}
        onClose={() => void navigate({ to: '/settings/signals', search: { show } })}
      />
    </>
  );
}
