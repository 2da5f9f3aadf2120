/** The entry point. Compiled code is kept from start to start, which must be switched on before anything is imported. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { start } = await import('./start.ts');
await start(process.argv.slice(2), process.env);
