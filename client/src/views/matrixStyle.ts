/** How the page of the matrix looks: in the colours of the theme, and never by colour alone. */

export const STYLE = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: 12px; padding: 0 12px; }
h1 { font-size: 1.4em; margin: 12px 0 4px; }
p { margin: 0 0 10px; max-width: 90ch; }
.scroll { overflow: auto; max-height: calc(100vh - 90px); }
table { border-collapse: separate; border-spacing: 3px; }
th { position: sticky; top: 0; z-index: 1; background: var(--vscode-editor-background); text-align: left; vertical-align: bottom; padding: 4px; min-width: 146px; }
th span { display: block; font-weight: normal; }
td { padding: 0; vertical-align: top; height: 1px; }
button { width: 100%; height: 100%; min-height: 42px; box-sizing: border-box; text-align: left; padding: 4px 6px; border-radius: 3px; font: inherit; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); cursor: pointer; display: flex; flex-direction: column; justify-content: space-between; }
button b { font-weight: normal; display: block; overflow-wrap: anywhere; }
button span { display: block; margin-top: 2px; white-space: nowrap; }
button.open { border: 1px dashed var(--vscode-descriptionForeground); }
button.covered { border: 2px solid var(--vscode-contrastActiveBorder, var(--vscode-focusBorder)); background: var(--vscode-editor-inactiveSelectionBackground, var(--vscode-editor-background)); }
.vscode-high-contrast button.covered, .vscode-high-contrast-light button.covered { background: var(--vscode-editor-background); border-width: 3px; }
button.covered b { font-weight: 600; }
button:focus-visible { outline: 2px solid var(--vscode-contrastBorder, var(--vscode-editor-foreground)); outline-offset: 1px; }
`;
