// The page of a walk is kept for where there is no connection; what writes on it is fetched only for who may.
import {keepPage, keepSoon, registered} from './keeping.js';

if (document.querySelector('[data-record]')) import('./recording.js');
if (await registered()) keepSoon(keepPage, 1000);
