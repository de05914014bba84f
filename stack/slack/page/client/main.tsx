import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { readRemembered } from './remembered.ts';
import { initialState } from './state.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The document has no element with the id root.');
const { actingAs, place } = readRemembered();
// Chromium does not draw a text again when the part of a font arrives that has the space and the commonest syllables.
await document.fonts.load('1em "Noto Sans KR Variable"', '이');
createRoot(root).render(<App initial={initialState(actingAs, place)} />);
