import { Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type SettingsPlace, settingsPlaces } from '#web/app/settings-places.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useTitle } from '#web/lib/title.ts';
import { cx } from '#web/ui/cx.ts';
import { PageBody, PageHeader } from '#web/ui/page.tsx';

/** Settings beside their list; on a phone the list is a page of its own. */
export function SettingsLayout() {
  const allowed = settingsPlaces(useSignedIn().can);
  const matchRoute = useMatchRoute();
  if (matchRoute({ to: '/settings' })) return <Outlet />;
  // These lead back to their own list.
  const inside = ['/settings/scorecards/$scorecardId', '/settings/risk-rules/$ruleKey'].some((to) =>
    matchRoute({ to }),
  );
  return (
    <div className="flex min-h-full">
      <nav aria-label="Settings" className="sticky top-0 hidden h-full w-48 shrink-0 flex-col gap-4 px-3 py-5 lg:flex">
        {allowed.map(({ title, places }) => (
          <div key={title}>
            <p className="mb-1 px-2 text-xs font-medium text-faint">{title}</p>
            {places.map((place) => (
              <Link
                key={place.label}
                to={place.to}
                activeProps={{ 'aria-current': 'page', className: 'bg-hover font-medium text-text' }}
                inactiveProps={{ className: 'text-muted' }}
                className="flex h-7 items-center rounded-md px-2 text-sm hover:bg-hover hover:text-text"
              >
                {place.label}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="min-w-0 flex-1 lg:border-l lg:border-line">
        <PageBody className="flex flex-col gap-4">
          {!inside && (
            <Link to="/settings" className="-mb-2 self-start text-xs text-muted hover:text-text lg:hidden">
              ← All settings
            </Link>
          )}
          <Outlet />
        </PageBody>
      </div>
    </div>
  );
}

/** All settings with what each decides. */
export function SettingsDirectory() {
  useTitle('Settings');
  const { can } = useSignedIn();
  return (
    <PageBody className="max-w-4xl">
      <PageHeader title="Settings" className="mb-5" />
      <div className="flex flex-col gap-6">
        {settingsPlaces(can).map(({ title, places }) => (
          <section key={title}>
            <h2 className="mb-2 text-sm font-medium text-muted">{title}</h2>
            <ul className="overflow-hidden rounded-lg border border-line">
              {places.map((place) => (
                <DirectoryRow key={place.label} place={place} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </PageBody>
  );
}

function DirectoryRow({ place: { to, label, what, icon: Icon } }: { place: SettingsPlace }) {
  return (
    <li className="border-t border-line first:border-t-0">
      <Link
        to={to}
        className={cx('flex items-center gap-3 px-4 py-2.5 hover:bg-hover focus-visible:outline-offset-[-2px]')}
      >
        <Icon className="size-4 shrink-0 text-faint" aria-hidden="true" />
        <span className="min-w-0 flex-1">
          <span className="block text-sm font-medium text-text">{label}</span>
          <span className="block text-xs text-muted">{what}</span>
        </span>
        <ChevronRight className="size-4 text-faint" aria-hidden="true" />
      </Link>
    </li>
  );
}
