import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BUNDLES } from './test/patternfly';

/** Where `npm run dev` finds an orchestrator. */
const orchestrator = process.env.ANEMONE_URL ?? 'http://10.77.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': { target: orchestrator, ws: true } } },
  build: {
    // Nothing inline: the content security policy allows no data URLs for scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // React changes with its version alone, so browsers keep it over our releases.
    rollupOptions: {
      output: {
        manualChunks: (id) =>
          /node_modules\/(react|react-dom|react-router|scheduler|@tanstack)\//.test(id)
            ? 'react'
            : undefined,
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    css: false,
    restoreMocks: true,
    globalSetup: ['test/patternfly.ts'],
    alias: {
      '@patternfly/react-core': resolve(BUNDLES, 'core.mjs'),
      '@patternfly/react-table': resolve(BUNDLES, 'table.mjs'),
    },
    server: { deps: { inline: [/@patternfly\/react-icons/] } },
    testTimeout: 60_000,
  },
});
