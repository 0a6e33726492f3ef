/** verify.html: one script, which is the page, and again the worker that the page starts from its own text. */
import './no-eval.ts';
import { startPage } from './page.ts';
import { serve } from './worker.ts';

if (typeof document === 'undefined') serve();
else startPage(document.currentScript?.textContent ?? '');
