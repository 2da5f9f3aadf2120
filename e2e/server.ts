/** The whole product in a real browser: server, loops and pages over a database of the test file. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Role } from '#contracts/permissions.ts';
import { runLoops } from '#server/loops.ts';
import { readWebFiles } from '#server/platform/http/web-files.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { oneAtATime, type Prepared, type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { password, type TestServer, type TestWorkspace, testServer } from '#server/testing/server.ts';
import { ensureWebApp, webFolder } from '#server/web-build.ts';
import { launchBrowser } from './browser.ts';

export interface Visit {
  page: Page;
  /** what the page complained about: errors of scripts, and of the console */
  complaints: string[];
}

export interface VisitOptions {
  /** px; 1280 unless given */
  width?: number;
  theme?: 'light' | 'dark';
}

export interface Product {
  readonly database: TestDatabase;
  readonly server: TestServer;
  /** Opens a page as a member with this role; null = nobody is signed in. Closed after the file. */
  visit(workspace: TestWorkspace | null, role: Role, path: string, options?: VisitOptions): Promise<Visit>;
}

/** Call it at the top of a test file: started before its first test, stopped after its last. */
export function product(prepared?: Prepared): Product {
  const database = testDatabase(prepared);
  const server = testServer(database, {
    readWeb: () =>
      oneAtATime('web app', async () => {
        await ensureWebApp((line) => {
          // Tests of yesterday's pages would say nothing about today's.
          if (line.includes('The earlier build is served')) throw new Error(line);
        });
        return readWebFiles(webFolder);
      }),
  });
  let browser: Browser | null = null;
  let loops: Promise<void> | null = null;
  const stopping = new AbortController();
  const contexts: BrowserContext[] = [];
  const cookies = new Map<string, string>();
  beforeAll(async () => {
    browser = await launchBrowser();
    const { pool, url } = database;
    const deps = { pool, log: createLogger('error'), uploads: server.uploads, url };
    loops = runLoops(['evaluator', 'worker'], deps, stopping.signal);
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    stopping.abort();
    await loops;
  });

  async function cookieOf(email: string): Promise<string> {
    const known = cookies.get(email) ?? (await server.signIn(email, password));
    cookies.set(email, known);
    return known;
  }

  return {
    database,
    server,
    async visit(workspace, role, path, { width = 1280, theme = 'light' } = {}) {
      const context = await browser!.newContext({
        viewport: { width, height: 900 },
        locale: 'en-GB',
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      await context.addInitScript((choice) => localStorage.setItem('perennial.theme', choice), theme);
      if (workspace) await context.addCookies(cookiesFrom(await cookieOf(workspace.emails[role]), server.origin));
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(server.origin + path);
      return { page, complaints };
    },
  };
}

function cookiesFrom(header: string, url: string) {
  return header.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
}

/** Holds a page against the rules of accessibility that a program can check. `about` names the page in what fails. */
export async function expectAccessible(page: Page, about?: string): Promise<void> {
  // The other mode opens another page for each look.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(found, about).toEqual([]);
}

/** Whether anything is wider than the window, so that a phone would scroll sideways: the page, or its main part alone. */
export async function expectNoSidewaysScroll(page: Page, about?: string): Promise<void> {
  const beyond = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main')].map((one) => one.scrollWidth - one.clientWidth),
  );
  expect(Math.max(...beyond), about).toBeLessThanOrEqual(0);
}
