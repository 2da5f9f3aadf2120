import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { MarkdownView } from '#web/features/help/components/markdown-view.tsx';
import { chapters, loadPage } from '#web/features/help/pages.ts';
import { useTitle } from '#web/lib/title.ts';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageBody, PageHeader } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';

const route = getRouteApi('/app/help/$');

/** What there is to read about the product, from the program itself: it fits this version, and works without a connection. */
function HelpDirectory() {
  useTitle('Documentation');
  return (
    <PageBody className="max-w-4xl">
      <PageHeader
        title="Documentation"
        note="Of this version"
        actions={
          <a href="/docs/api" className="text-sm text-accent-text hover:underline">
            API reference
          </a>
        }
        className="mb-5"
      />
      <div className="flex flex-col gap-6">
        {chapters.map(({ title, pages }) => (
          <section key={title}>
            <h2 className="mb-2 text-sm font-medium text-muted">{title}</h2>
            <ul className="overflow-hidden rounded-lg border border-line">
              {pages.map(({ page, title: name, what }) => (
                <li key={page} className="border-t border-line first:border-t-0">
                  <Link
                    to="/help/$"
                    params={{ _splat: page }}
                    className="flex items-center gap-3 px-4 py-2.5 hover:bg-hover focus-visible:outline-offset-[-2px]"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block text-sm font-medium text-text">{name}</span>
                      <span className="block text-xs text-muted">{what}</span>
                    </span>
                    <ChevronRight className="size-4 text-faint" aria-hidden="true" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </PageBody>
  );
}

/** The page that the address names, or the list of all. */
export function HelpPage() {
  const { _splat: page = '' } = route.useParams();
  return page === '' ? <HelpDirectory /> : <OnePage page={page} />;
}

function OnePage({ page }: { page: string }) {
  const title = chapters.flatMap(({ pages }) => pages).find((one) => one.page === page)?.title;
  useTitle(title ?? 'Documentation');
  const query = useQuery({ queryKey: ['help', page], queryFn: () => loadPage(page) ?? '', staleTime: Infinity });
  return (
    <PageBody>
      <Link to="/help/$" params={{ _splat: '' }} className="mb-4 inline-block text-xs text-muted hover:text-text">
        ← Documentation
      </Link>
      <Loaded query={query} skeleton={<SkeletonLines lines={12} />}>
        {(markdown) =>
          markdown === '' ? (
            <EmptyState page title="There is no such page" why="It may have another name in this version." />
          ) : (
            <MarkdownView page={page} markdown={markdown} />
          )
        }
      </Loaded>
    </PageBody>
  );
}
