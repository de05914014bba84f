/** Shown in the browser's tab: a hash in a rounded square. */
export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="8" fill="#4a154b"/>
<g stroke-width="3" stroke-linecap="round"><path d="M13 8l-2 16" stroke="#36c5f0"/><path d="M21 8l-2 16" stroke="#2eb67d"/>
<path d="M8 13h17" stroke="#ecb22e"/><path d="M7 20h17" stroke="#e01e5a"/></g></svg>
`;
