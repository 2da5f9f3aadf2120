import { Dialog } from '#web/ui/dialog.tsx';
import { Kbd } from '#web/ui/kbd.tsx';

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Anywhere',
    keys: [
      [['mod+k'], 'Search and commands'],
      [['g', 'p'], 'Portfolio'],
      [['g', 'a'], 'Accounts'],
      [['g', 'r'], 'Risks'],
      [['g', 'i'], 'Intake'],
      [['['], 'Collapse or show the navigation'],
      [['?'], 'This list'],
    ],
  },
  {
    title: 'In a table',
    keys: [
      [['/'], 'Find'],
      [['↑', '↓'], 'Move'],
      [['Enter'], 'Open; from the search, go to the rows'],
      [['Space'], 'Select'],
      [['shift+↓'], 'Select further'],
      [['mod+a'], 'Select all that are loaded'],
      [['Esc'], 'Clear the selection'],
      [['←', '→'], 'In the head: another column'],
      [['shift+→'], 'In the head: wider'],
    ],
  },
  {
    title: 'On a curve',
    keys: [
      [['↑', '↓', '←', '→'], 'Move the point'],
      [['shift+↑'], 'Ten steps'],
      [['Delete'], 'Remove the point'],
    ],
  },
];

export default function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard" width="md">
      <div className="grid gap-x-10 gap-y-5 pb-3 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1.5 text-xs font-medium text-faint">{group.title}</h3>
            <dl className="flex flex-col gap-1">
              {group.keys.map(([keys, does]) => (
                <div key={does} className="flex items-center justify-between gap-4 text-sm">
                  <dt>{does}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key} keys={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
