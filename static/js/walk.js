// The page of a walk is kept for where there is no connection. What writes on it is recording.js, only for who may.
import {keepPage, keepSoon, registered} from './keeping.js';

if (await registered()) keepSoon(keepPage, 1000);
