import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from '#web/app/router.tsx';
import { queryClient } from '#web/lib/query.ts';
import { Toaster } from '#web/ui/toast.tsx';

// Firefox and Safari do not have Temporal yet; the health and calendar code of core needs it.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  </StrictMode>,
);
