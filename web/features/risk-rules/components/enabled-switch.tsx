import { useSignedIn } from '#web/lib/session.ts';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import { Switch } from '#web/ui/toggles.tsx';
import type { Rule } from '../api/list-rules.ts';
import { usePutRule } from '../api/put-rule.ts';
import { bodyOf } from '../form.ts';

/** Switches a rule on or off; the toast that says so can undo it. */
export function EnabledSwitch({ rule }: { rule: Rule }) {
  const { can } = useSignedIn();
  const put = usePutRule();
  const set = (enabled: boolean) =>
    put.mutate(
      { key: rule.key, body: { ...bodyOf(rule), enabled } },
      {
        onError: sayFailed,
        onSuccess: () =>
          toast({
            text: enabled ? `${rule.title} is on` : `${rule.title} is off; its open risks resolve`,
            undo: () => put.mutate({ key: rule.key, body: bodyOf(rule) }, { onError: sayFailed }),
          }),
      },
    );
  return (
    <Switch
      label={<span className="sr-only">{rule.title} is on</span>}
      checked={rule.enabled}
      disabled={!can('settings.manage') || put.isPending}
      onChange={set}
    />
  );
}
