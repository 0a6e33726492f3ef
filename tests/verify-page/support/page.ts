/** The page that the tests open: as the build made it. */
import { fileURLToPath } from 'node:url';

export const pagePath = fileURLToPath(new URL('../../../dist/verify-page/verify.html', import.meta.url));
