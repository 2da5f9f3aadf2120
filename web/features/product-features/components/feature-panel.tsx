import { useQuery } from '@tanstack/react-query';
import { SidePanel } from '#web/ui/dialog.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { featuresQuery } from '../api/list-features.ts';
import { FeatureForm } from './feature-form.tsx';

export interface FeaturePanelProps {
  /** from the address: an id, 'new', or undefined = closed */
  open: number | 'new' | undefined;
  onClose: () => void;
}

export function FeaturePanel({ open, onClose }: FeaturePanelProps) {
  const { data } = useQuery(featuresQuery);
  const feature = data?.items.find(({ id }) => id === open);
  const gone = data && typeof open === 'number' && !feature;
  return (
    <SidePanel
      open={open !== undefined}
      onClose={onClose}
      title={open === 'new' ? 'New feature' : (feature?.name ?? 'Feature')}
    >
      {open === 'new' && <FeatureForm feature={null} onDone={onClose} />}
      {feature && <FeatureForm key={feature.id} feature={feature} onDone={onClose} />}
      {gone && <ErrorState compact title="This feature is not here" detail="It may have been removed." />}
    </SidePanel>
  );
}
