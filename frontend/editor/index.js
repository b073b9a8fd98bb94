import {A3Editor} from './element.js';
import {A3Toolbar} from './toolbar.js';

customElements.define('a3-editor', A3Editor);
customElements.define('a3-toolbar', A3Toolbar);
