// biome-ignore lint/style/noRestrictedImports: the build runs in Node
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiTarget = process.env.PERENNIAL_API ?? 'http://localhost:4400';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  resolve: { alias: [{ find: /^zod$/, replacement: fileURLToPath(import.meta.resolve('./zod-in-browser.ts')) }] },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsDir: 'assets',
    // Every browser that runs the rest knows modulepreload.
    modulePreload: { polyfill: false },
    // What most pages need is packed together: a tenth less than as sixty files of a few lines each, and fewer requests.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 8 }] } } },
    // Fonts and images stay files: a strict content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5301,
    strictPort: true,
    // The server refuses writes from other origins; in development the page's own stands for the server's.
    proxy: { '^/(api|v1)/': { target: apiTarget, changeOrigin: true, headers: { origin: apiTarget } } },
  },
});
